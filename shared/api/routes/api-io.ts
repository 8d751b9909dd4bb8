import type { Context } from 'hono';
import type { Mode, Rung } from '../../domain/book.ts';
import type { ExitSettings } from '../../domain/exits/exit-rules.ts';
import type { Millis, Usd } from '../../domain/money.ts';
import type { RiskLimits } from '../../domain/risk/limits.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SignInDesk } from '../../ports/sign-in.ts';
import type { Store } from '../../ports/store.ts';
import type { Times } from '../../system/map/schedule.ts';
import type { ActionBody, ActionResult } from '../contract/action.ts';
import type { Reading } from './reading.ts';

/** What the page and its data are made from, and the one way from them back into the system. */
export interface ApiIo {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: ApiSettings;
  readonly assets: Assets;
  readonly access: Access;
  /** Does what a person asked for, once word, token and origin have been checked. A refusal is a value. */
  act(action: Action, body: ActionBody): Promise<ActionResult>;
}

export interface ApiSettings {
  readonly mode: Mode;
  readonly prices: 'generated' | 'recorded' | 'live';
  /** How many times faster than real the clock runs. */
  readonly speed: number;
  readonly zone: string;
  /** When the process that trades began; undefined where nothing runs between two ticks. */
  readonly startedAt: Millis | undefined;
  readonly times: Times;
  readonly limits: RiskLimits;
  readonly rungs: Readonly<Record<string, Rung>>;
  exits(strategy: string | undefined): ExitSettings;
  readonly aiBudgetPerDay: Usd;
  /** What the cloud costs a month by its price list; 0 on one machine, undefined where nobody has worked it out. */
  readonly cloudPerMonth: Usd | undefined;
  /** How the page is told of changes; `poll`: it asks every 15 seconds, where a function cannot hold a line open. */
  readonly updates: 'poll' | ChangeStream;
}

/** Answers with a stream of what changes. */
export type ChangeStream = (c: Context, read: () => Reading) => Response;

/** The client's script and style, served from here. */
export interface Assets {
  readonly script: string;
  readonly style: string;
}

export interface Access {
  /** Keys the token that actions carry; the same in every process that serves the page. */
  readonly secret: string;
  /** Addresses the page is opened at, like `http://127.0.0.1:8082`: no other site may ask for an action. */
  readonly origins: readonly string[];
  /** Names this server answers to; undefined where a gateway in front has checked it. */
  readonly hosts: readonly string[] | undefined;
  /** Where people sign in; absent where the page is reached by this machine's own user or by signed requests only. */
  readonly signIn?: SignInDesk;
}

export type Action =
  | { readonly name: 'pause' | 'resume' | 'cancel-all' | 'emergency' | 'flatten' | 'close' | 'acknowledge' }
  | { readonly name: 'run'; readonly job: string };
