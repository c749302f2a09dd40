import { useEffect, useState } from 'react';
import { SignIn } from './parts/sign-in.tsx';
import { WorkspaceView } from './parts/workspace-view.tsx';
import { useWorkspace } from './workspace-store.ts';

const KEY = 'plumbline.signed-in-as';

/** Who sits at this tab: from ?as=..., else remembered for the tab, else nobody yet. */
function signedInAs(): string | null {
  return new URLSearchParams(location.search).get('as') ?? sessionStorage.getItem(KEY);
}

export function App() {
  const [person, setPerson] = useState(signedInAs);
  useEffect(() => {
    // The choice of the tab wins over the address from now on.
    history.replaceState(null, '', location.pathname + location.hash);
    if (person) sessionStorage.setItem(KEY, person);
    else sessionStorage.removeItem(KEY);
  }, [person]);
  if (!person) return <SignIn onSignIn={setPerson} />;
  return <SignedIn key={person} person={person} onSwitch={setPerson} />;
}

function SignedIn({ person, onSwitch }: { person: string; onSwitch: (person: string | null) => void }) {
  const { state, lost } = useWorkspace(person, () => onSwitch(null));
  if (!state)
    return (
      <main className="waiting" aria-busy="true">
        {lost ? 'Plumbline is not running. This page comes back by itself when it is.' : 'Opening ...'}
      </main>
    );
  return <WorkspaceView state={state} lost={lost} onSwitch={onSwitch} />;
}
