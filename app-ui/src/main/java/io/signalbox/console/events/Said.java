package io.signalbox.console.events;

import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.LampState;

/**
 * An event in words.
 *
 * @param what happened, with the thing's name
 * @param detail who and why; may be empty
 * @param screen where it can be looked into
 * @param target what to show there
 */
record Said(LampState lamp, String what, String detail, ScreenId screen, String target) {}
