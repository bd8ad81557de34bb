/** What happy-dom lacks: in its tests an element in the top layer is shown as any other. */
HTMLElement.prototype.showPopover ??= () => undefined;
