import { type DragEvent, type ReactNode, useState } from 'react';
import classes from './drop-target.module.css';
import { Icon } from './icon.tsx';

export interface DropTargetProps {
  title: string;
  /** What is taken, and where it goes. */
  children: ReactNode;
  onDrop(transfer: DataTransfer): void;
}

/** Where files are let go of. Dropping has no keyboard form: a path field and a browser stand beside it. */
export const DropTarget = ({ title, children, onDrop }: DropTargetProps) => {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onDrop(event.dataTransfer);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has no keyboard form; what stands beside it is that form
    <div
      className={classes.zone}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <span className={classes.title}>
        <Icon name="upload" size={16} /> {title}
      </span>
      <span className={classes.small}>{children}</span>
    </div>
  );
};
