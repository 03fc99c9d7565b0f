import { isTaskVerb, type Command, type Receipt } from '#web/field/command.ts';
import type { CommandVerb } from '#web/field/field-api.ts';
import { today } from '#web/field/field-app.ts';
import { useText } from '#web/i18n/area.ts';
import { fieldDay } from '#web/i18n/field-day.ts';
import { field } from '#web/i18n/field.ts';
import { words } from '#web/i18n/words.ts';

/** Hook: what a command is called, of events and of the tasks of the day; acts of other features bring their own title. */
export function useVerbWords(): (verb: CommandVerb) => string {
  const trade = useText(words).verb;
  const day = useText(fieldDay).verb;
  return (verb) => (verb === 'other' ? '' : isTaskVerb(verb) ? day[verb] : trade[verb]);
}

/**
 * Hook: what a command or receipt is called in lists. A visit keeps no name of its own: it is taken from the day while
 * that is on the phone, and missing afterwards.
 */
export function useCommandName(): (one: Pick<Command | Receipt, 'verb' | 'title' | 'about'>) => string {
  const verb = useVerbWords();
  const hidden = useText(field).outbox.hidden;
  const { visits, inspections } = today.use();
  return ({ verb: word, title, about }) => {
    const task = [...visits, ...inspections].find(({ id }) => id === about?.id);
    const name = task?.name ?? title;
    if (word === 'other') return name === '' ? hidden : name;
    return name === '' ? verb(word) : `${verb(word)} · ${name}`;
  };
}
