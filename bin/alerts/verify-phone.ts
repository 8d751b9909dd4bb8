import type { SNSClient } from '@aws-sdk/client-sns';
import { Exit } from '../exit.ts';

type Sdk = typeof import('@aws-sdk/client-sns');

export interface PhoneIo {
  readonly sdk: Sdk;
  readonly client: SNSClient;
  /** Gives the code that was texted; `wrong` is why it is asked for again. */
  code(wrong: string | undefined): Promise<string>;
  say(line: string): void;
}

/** Codes a person may get wrong before it ends. */
const TRIES = 3;

/** Proves that a phone is its owner's where the account may only text such, as every new one. Throws Exit. */
export async function verifyPhone({ sdk, client, code, say }: PhoneIo, phone: string, sent: boolean): Promise<void> {
  const { IsInSandbox } = await client.send(new sdk.GetSMSSandboxAccountStatusCommand());
  if (IsInSandbox) {
    if (!sent) {
      await client.send(new sdk.CreateSMSSandboxPhoneNumberCommand({ PhoneNumber: phone, LanguageCode: 'en-US' }));
      say(`  The account is in the SMS sandbox (up to 10 verified phones). Sent a code to ${hidden(phone)}`);
    }
    let wrong: string | undefined;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const OneTimePassword = await code(wrong);
      wrong = await refusedCode({ sdk, client }, { PhoneNumber: phone, OneTimePassword });
      if (wrong === undefined) break;
    }
    if (wrong !== undefined) throw new Exit(1, `sms: ${wrong}. Fix: ask for a new code: pilot alerts add sms ${phone}`);
    say('  ✓ verified');
  }
  await warnWithoutNumber({ sdk, client, say }, phone);
}

async function refusedCode(
  { sdk, client }: Pick<PhoneIo, 'sdk' | 'client'>,
  given: { readonly PhoneNumber: string; readonly OneTimePassword: string },
): Promise<string | undefined> {
  try {
    await client.send(new sdk.VerifySMSSandboxPhoneNumberCommand(given));
    return undefined;
  } catch (error) {
    if (error instanceof sdk.VerificationException || error instanceof sdk.InvalidParameterException) return 'the code is wrong or too old';
    throw error;
  }
}

/** AWS takes texts for +1 without a number to send them from, and delivers none of them. */
async function warnWithoutNumber({ sdk, client, say }: Omit<PhoneIo, 'code'>, phone: string): Promise<void> {
  if (!phone.startsWith('+1')) return;
  const { PhoneNumbers } = await client.send(new sdk.ListOriginationNumbersCommand());
  if ((PhoneNumbers ?? []).length > 0) return;
  say('  ! No US sending number on this account: AWS will not deliver to +1 phones yet.');
  say('    Request a toll-free number (its registration takes up to 15 business days): https://console.aws.amazon.com/sms-voice/');
  say('    Until then critical alerts go by mail.');
}

/** Enough to know one's own number again. */
export function hidden(phone: string): string {
  return `${phone.slice(0, 2)}•••${phone.slice(-4)}`;
}
