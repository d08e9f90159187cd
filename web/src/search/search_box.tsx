import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Button, Input, Label, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { LineIcon } from '../ui/icons';
import { checkContainer, normalise, trackPath } from './reference_text';

// Whether a key pressed there is text: "/" must stay a slash in a field.
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}

function useSlashToFocus(input: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [input]);
}

interface Props {
  size: 'large' | 'compact';
  initial?: string;
  autoFocus?: boolean;
}

export function SearchBox({ size, initial = '', autoFocus = false }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(initial);
  const [empty, setEmpty] = useState(false);
  useSlashToFocus(input);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const reference = normalise(typed);
    setEmpty(reference === '');
    if (reference === '') input.current?.focus();
    else void navigate(trackPath(reference));
  };

  return (
    <form className={`search search-${size}`} role="search" onSubmit={submit}>
      <SearchField
        className="search-field"
        value={typed}
        onChange={(value) => {
          setTyped(value);
          setEmpty(false);
        }}
        autoFocus={autoFocus}
      >
        <Label className={size === 'large' ? 'search-label' : 'visually-hidden'}>{t('search.label')}</Label>
        <div className="search-row">
          <div className="search-input">
            <LineIcon name="search" />
            <Input
              ref={input}
              className="input mono"
              name="reference"
              placeholder={size === 'large' ? t('search.placeholder') : t('search.label')}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              enterKeyHint="search"
              aria-describedby="search-note"
            />
            {typed !== '' && (
              <Button className="icon-button" aria-label={t('search.clear')}>
                <LineIcon name="clear" />
              </Button>
            )}
          </div>
          <button type="submit" className="button primary">
            {t('search.submit')}
          </button>
        </div>
      </SearchField>
      <p id="search-note" className="search-note" aria-live="polite">
        {empty ? t('search.empty') : size === 'large' && <CheckNote reference={normalise(typed)} />}
      </p>
    </form>
  );
}

function CheckNote({ reference }: { reference: string }) {
  const { t } = useTranslation();
  const check = checkContainer(reference);
  if (check === null) return <span className="shortcut">{t('search.shortcut')}</span>;
  if (check.correct) return <span className="good">{t('search.checkDigitOk')}</span>;
  return <span className="bad">{t('search.checkDigitWrong', { expected: check.expected })}</span>;
}
