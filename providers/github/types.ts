/** Where a custom pattern lives. */
export type PatternScope = { organization: string } | { repository: string };

export type PatternState = "published" | "unpublished";
