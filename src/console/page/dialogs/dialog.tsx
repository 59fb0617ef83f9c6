import { useEffect, useRef, type FormEvent, type ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useSettings } from '../settings/settings';

interface Properties {
  title: ReactNode;
  children: ReactNode;
  onClose: () => void;
  /** What the button that does it says; without it there is only a button that closes. */
  submit?: { label: string; isOff?: boolean; isDangerous?: boolean; run: () => void };
  isWide?: boolean;
}

/** A dialog that holds the focus; Escape closes it, Enter in a field does what it is for. */
export function Dialog({ title, children, onClose, submit, isWide = false }: Properties) {
  const { words } = useSettings();
  const form = useRef<HTMLFormElement>(null);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (submit && submit.isOff !== true) submit.run();
  };
  useEffect(() => {
    // Where nothing in it has the focus, the dialog itself has it, and knows nothing of its form.
    const listen = (event: KeyboardEvent) => {
      const dialog = form.current?.closest('[role=dialog]');
      if (event.key === 'Enter' && event.target === dialog) form.current?.requestSubmit();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className={isWide ? 'modal wide' : 'modal'}>
        <AriaDialog className="dialog">
          <form ref={form} onSubmit={onSubmit}>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <div className="dialog-body">{children}</div>
            <div className="dialog-actions">
              <button type="button" onClick={onClose}>
                {submit ? words.cancel : words.close} <kbd>Esc</kbd>
              </button>
              {submit && (
                <button
                  type="submit"
                  className={submit.isDangerous === true ? 'danger' : 'primary'}
                  disabled={submit.isOff === true}
                >
                  {submit.label} <kbd>↵</kbd>
                </button>
              )}
            </div>
          </form>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
