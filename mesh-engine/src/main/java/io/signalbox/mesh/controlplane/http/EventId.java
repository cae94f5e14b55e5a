package io.signalbox.mesh.controlplane.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names an event of a stream, such as {@code k3f9x-57}: sequences begin anew with each control plane, so each id says
 * which one counted.
 *
 * @param run empty where the caller names a sequence alone, which is taken for one of this run
 * @param sequence 0 for none
 */
record EventId(String run, long sequence) {

    static final EventId NONE = new EventId("", 0);

    private static final Pattern FORM = Pattern.compile("(?:([0-9a-z]{1,16})-)?(\\d{1,18})");

    /** Of {@code Last-Event-ID}; what is no id of ours names one that nobody can resume from. */
    static EventId parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        return form.matches()
                ? new EventId(form.group(1) == null ? "" : form.group(1), Long.parseLong(form.group(2)))
                : new EventId("unknown", 0);
    }

    boolean isOf(String other) {
        return run.isEmpty() || run.equals(other);
    }

    /** Whether the caller has seen nothing yet. */
    boolean isNone() {
        return equals(NONE);
    }

    @Override
    public String toString() {
        return run + "-" + sequence;
    }
}
