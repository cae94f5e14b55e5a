package io.signalbox.console.widget;

/**
 * What a dialog asks before something changes.
 *
 * @param title the question: "Roll catalog back to v1?"
 * @param sentence what moves, how much, from where to where
 * @param confirm the verb on the button that does it
 * @param icon the Feather icon on that button
 * @param weight how grave it is
 * @param reason whether a reason is asked for
 */
public record Question(String title, String sentence, String confirm, String icon, Weight weight, Reason reason) {

    /** Whether the change breaks or stops something. */
    public enum Weight {
        USUAL,
        DANGEROUS
    }

    /** Whether the change goes into the audit log with a reason. */
    public enum Reason {
        REQUIRED,
        NOT_ASKED
    }
}
