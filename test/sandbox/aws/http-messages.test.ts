/** The vendor's own clients send messages to, and make schedules in, the simulated AWS. */
import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
  ValidationException,
} from "@aws-sdk/client-scheduler";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { type AwsSimulator, startAws } from "../../../sandbox/aws/http/index.ts";

let simulator: AwsSimulator;
beforeEach(async () => {
  simulator = await startAws();
});
afterEach(() => simulator.close());

const options = (policy: Parameters<AwsSimulator["issueKey"]>[0] = "unrestricted") => ({
  endpoint: simulator.url,
  region: "us-east-1",
  credentials: simulator.issueKey(policy),
  maxAttempts: 1,
});

test("the SQS client sends to a FIFO queue, receives and deletes", async () => {
  const client = new SQSClient(options());
  const QueueUrl = simulator.queueUrl(simulator.aws.emergencyQueue);
  const message = { QueueUrl, MessageBody: '{"a":"ä"}', MessageGroupId: "crm", MessageDeduplicationId: "1" };
  const { MessageId } = await client.send(new SendMessageCommand(message));
  expect((await client.send(new SendMessageCommand(message))).MessageId).toBe(MessageId);
  const receive = async () => (await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages ?? [];
  const [received] = await receive();
  expect(received).toMatchObject({ MessageId, Body: '{"a":"ä"}' });
  expect(await receive()).toEqual([]);
  const { ReceiptHandle } = received ?? {};
  await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  const [again] = await receive();
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }));
  expect(simulator.aws.emergencyQueue.messages).toEqual([]);
});

test("the SQS client gets the service's own errors", async () => {
  const client = new SQSClient(options());
  const missing = { QueueUrl: `${simulator.url}/123456789012/none`, MessageBody: "x" };
  await expect(client.send(new SendMessageCommand(missing))).rejects.toBeInstanceOf(QueueDoesNotExist);
  const denied = new SQSClient(options({ Statement: [] }));
  const QueueUrl = simulator.queueUrl(simulator.aws.emergencyQueue);
  const send = denied.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
  await expect(send).rejects.toMatchObject({ name: "AccessDeniedException" });
  expect(simulator.aws.emergencyQueue.messages).toEqual([]);
});

const schedule = () => ({
  Name: "retire-crm_1.a",
  GroupName: "retirement",
  ScheduleExpression: "at(2099-01-01T00:00:00)",
  FlexibleTimeWindow: { Mode: "OFF" as const },
  Target: {
    Arn: simulator.aws.functionArns.retire,
    RoleArn: simulator.aws.arns.schedulerRole[0],
    Input: "{}",
  },
});

test("the Scheduler client makes, moves, reads and deletes a schedule", async () => {
  const client = new SchedulerClient(options());
  const { ScheduleArn } = await client.send(new CreateScheduleCommand(schedule()));
  expect(ScheduleArn).toBe("arn:aws:scheduler:us-east-1:123456789012:schedule/retirement/retire-crm_1.a");
  const again = client.send(new CreateScheduleCommand(schedule()));
  await expect(again).rejects.toBeInstanceOf(ConflictException);
  const ScheduleExpression = "at(2099-02-01T00:00:00)";
  await client.send(new UpdateScheduleCommand({ ...schedule(), ScheduleExpression }));
  const named = { Name: schedule().Name, GroupName: "retirement" };
  expect(await client.send(new GetScheduleCommand(named))).toMatchObject({ ScheduleExpression });
  await client.send(new DeleteScheduleCommand(named));
  await expect(client.send(new GetScheduleCommand(named))).rejects.toBeInstanceOf(ResourceNotFoundException);
});

test("the Scheduler client gets the service's own errors", async () => {
  const client = new SchedulerClient(options());
  const wrong = new CreateScheduleCommand({ ...schedule(), ScheduleExpression: "soon" });
  await expect(client.send(wrong)).rejects.toBeInstanceOf(ValidationException);
  const noRole = new SchedulerClient(
    options({ Statement: { Effect: "Allow", Action: "scheduler:*", Resource: "*" } }),
  );
  const denied = noRole.send(new CreateScheduleCommand(schedule()));
  await expect(denied).rejects.toMatchObject({ name: "AccessDeniedException" });
  expect(simulator.aws.schedules.all.size).toBe(0);
});
