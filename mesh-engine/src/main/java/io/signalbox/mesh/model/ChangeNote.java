package io.signalbox.mesh.model;

/**
 * Who asks for a change, and why.
 *
 * @param by a person or a program, such as {@code mira} or {@code console}
 * @param reason in the words of whoever asked; may be empty
 */
public record ChangeNote(String by, String reason) {

    /** Stands for whoever does not say who he is. */
    public static final String ANONYMOUS = "api";

    /** The longest {@code by}. */
    public static final int LONGEST_BY = 100;

    public ChangeNote {
        InvalidValueException.unless(
                !by.isBlank() && by.length() <= LONGEST_BY, "by", by, "1 to " + LONGEST_BY + " characters");
        InvalidValueException.unless(reason.length() <= 500, "reason", reason, "at most 500 characters");
    }
}
