/** A file of an archive. */
export interface ArchiveFile {
  /** Path inside of the archive, with slashes. */
  name: string;
  content: Buffer;
}

const block = 512;
const longestName = 100;

/**
 * A tar as Go's `archive/tar` writes it of nothing but name, mode 0600 and size: the bytes whose hash tells one
 * archive from another.
 * https://github.com/golang/go/blob/master/src/archive/tar/writer.go (`templateV7Plus`)
 *
 * @throws Error for a name that Go would write in another form than the plain one
 */
export const tarOf = (files: readonly ArchiveFile[]): Buffer => {
  const parts = files.flatMap(({ name, content }) => [
    header(name, content.length),
    content,
    Buffer.alloc((block - (content.length % block)) % block),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
};

const header = (name: string, size: number): Buffer => {
  if (!/^[\x20-\x7e]+$/.test(name) || name.length > longestName)
    throw new Error(
      `the file ${JSON.stringify(name)} of an archive: guard supports names of at most ${longestName} ASCII characters`,
    );
  const bytes = Buffer.alloc(block);
  const octal = (value: number, at: number, length: number): void => {
    bytes.write(`${value.toString(8).padStart(length - 1, "0")}\0`, at, "latin1");
  };
  bytes.write(name, 0, "latin1");
  octal(0o600, 100, 8);
  // Owner, group, time, and the numbers of a device.
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  bytes.write("0", 156, "latin1");
  bytes.write("ustar\0" + "00", 257, "latin1");
  octal(0, 329, 8);
  octal(0, 337, 8);
  // The sum is taken with blanks in its own place.
  bytes.fill(" ", 148, 156);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  octal(sum, 148, 7);
  return bytes;
};
