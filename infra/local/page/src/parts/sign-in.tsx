import { useEffect, useState } from 'react';
import type { Person } from '../contract.ts';
import { Avatar } from './avatar.tsx';

/** Choose who to be. There are no passwords: this workspace answers its own machine only. */
export function SignIn({ onSignIn }: { onSignIn: (person: string) => void }) {
  const [people, setPeople] = useState<Person[]>([]);
  useEffect(() => {
    fetch('/page/people')
      .then((response) => response.json() as Promise<{ people: Person[] }>)
      .then((answer) => setPeople(answer.people))
      .catch(() => setPeople([]));
  }, []);
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <Avatar person={{ kind: 'bot' } as Person} size={52} />
        <h1>Plumbline</h1>
        <p>A company on your own machine. Sign in as one of its people: each may see something different.</p>
        <ul>
          {people.map((person) => (
            <li key={person.id}>
              <button type="button" onClick={() => onSignIn(person.id)}>
                <Avatar person={person} size={40} />
                <span>
                  <strong>{person.realName}</strong>
                  <small>{person.title}</small>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </main>
  );
}
