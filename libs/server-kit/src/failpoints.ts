import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/**
 * Named places where a fault test stops the process: `name:kill`, `name:delay=MS` or `name:throw`. Set by the
 * FAULT variable, which the configuration refuses in production; without it every call returns at once.
 */
@Injectable()
export class Failpoints {
  /** @param fault value of FAULT, null for none */
  constructor(private readonly fault: string | null) {}

  async reach(name: string): Promise<void> {
    if (this.fault === null || !this.fault.startsWith(`${name}:`)) return;
    const action = this.fault.slice(name.length + 1);
    if (action === 'kill') process.kill(process.pid, 'SIGKILL');
    if (action === 'throw') throw new Error(`Failpoint ${name}`);
    if (action.startsWith('delay=')) await wait(Number(action.slice('delay='.length)));
  }
}
