import { TestBrowser, type BrowserPerson, type PersonOptions } from './browser';
import { watchDevices } from './devices';
import { makeFakeCamera, type FakeCamera } from './fake-camera';
import { inviteByApi } from './other-people';
import { makeOrganisation, type Person } from './people';
import { publishPosition } from './positions';
import { ProfileBrowser } from './profile-browser';
import { Survivor } from './survivor';
import { startSystem, type System } from './system';

/** A running system with one position of one question, a browser, and candidates for it. */
export class SurvivalStage {
  readonly #profiles: ProfileBrowser[] = [];

  private constructor(
    readonly system: System,
    readonly camera: FakeCamera,
    readonly browser: TestBrowser,
    readonly recruiter: Person,
    readonly positionId: string,
    readonly name: string,
  ) {}

  static async open(name: string): Promise<SurvivalStage> {
    const [system, camera] = await Promise.all([startSystem(name, { behindRelay: true }), makeFakeCamera()]);
    const browser = await TestBrowser.open({ camera });
    const { admin } = await makeOrganisation(system, { name: 'Alder Health', members: [] });
    const positionId = await publishPosition(admin, {
      title: 'Backend engineer',
      question: 'Tell us about a system that stopped working.',
      reviewers: [admin],
    });
    return new SurvivalStage(system, camera, browser, admin, positionId, name);
  }

  /** A new candidate in a browser context of their own, before the first question. */
  async candidate(name: string, options: Omit<PersonOptions, 'name'> = {}): Promise<Survivor> {
    const person = await this.browser.person({ name: `${this.name}-${name}`, ...options });
    await watchDevices(person.context);
    return Survivor.arrive(this.system, person, await this.invite(name));
  }

  /** A new candidate whose browser has a profile of its own. */
  async candidateWithProfile(
    name: string,
  ): Promise<{ profile: ProfileBrowser; candidate: Survivor; link: string }> {
    const link = await this.invite(name);
    const profile = await ProfileBrowser.make(this.camera, { name: `${this.name}-${name}` });
    this.#profiles.push(profile);
    const person: BrowserPerson = await profile.open();
    return { profile, candidate: await Survivor.arrive(this.system, person, link), link };
  }

  invite(name: string): Promise<string> {
    return inviteByApi(this.recruiter, this.positionId, name);
  }

  async close(): Promise<void> {
    for (const profile of this.#profiles) await profile.close();
    await this.browser.close();
    await this.system.stop();
    await this.camera.remove();
  }
}
