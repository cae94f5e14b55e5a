package io.signalbox.mesh.model;

/**
 * Who asks for a change, and why.
 *
 * @param by a person or a program, such as {@code mira} or {@code console}
 * @param reason in the words of whoever asked; may be empty
 */
public record ChangeNote(String by, String reason) {

    public ChangeNote {
        InvalidValueException.unless(!by.isBlank() && by.length() <= 100, "by", by, "1 to 100 characters");
        InvalidValueException.unless(reason.length() <= 500, "reason", reason, "at most 500 characters");
    }
}
