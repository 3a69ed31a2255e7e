import { useEffect, useRef } from "preact/hooks";
import type { Question } from "./hooks";

/** A question before something is done that can't be taken back. */
export function QuestionDialog({
  question,
  onAnswer,
}: {
  readonly question: Question;
  readonly onAnswer: (isYes: boolean) => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { title, text, deed, isDangerous } = question;
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="question"
      aria-labelledby="question-title"
      aria-describedby="question-text"
      onCancel={(event) => {
        event.preventDefault();
        onAnswer(false);
      }}
    >
      <h2 id="question-title">{title}</h2>
      <p id="question-text">{text}</p>
      <div class="question-buttons">
        <button type="button" autofocus onClick={() => onAnswer(false)}>
          Cancel
        </button>
        <button type="button" class={isDangerous === true ? "danger" : "primary"} onClick={() => onAnswer(true)}>
          {deed}
        </button>
      </div>
    </dialog>
  );
}
