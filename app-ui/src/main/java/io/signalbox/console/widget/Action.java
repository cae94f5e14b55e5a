package io.signalbox.console.widget;

/**
 * Something offered to a person: a verb and what happens on it.
 *
 * @param run called on the FX thread
 */
public record Action(String label, Runnable run) {}
