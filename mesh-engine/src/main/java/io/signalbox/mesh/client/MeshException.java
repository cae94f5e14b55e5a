package io.signalbox.mesh.client;

import io.signalbox.mesh.model.PlainText;

/**
 * A mesh refused a call, or could not be reached. The message is meant for a person: {@link PlainText}, and at most
 * {@value #LONGEST} characters, whoever answers there.
 */
public final class MeshException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 16_384;

    private final Kind kind;

    public MeshException(Kind kind, String message) {
        super(PlainText.lines(message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…"));
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same call may succeed another time: nobody was there to refuse it. */
    public boolean isPassing() {
        return kind == Kind.UNAVAILABLE || kind == Kind.NOT_FOUND;
    }

    /** What sort of refusal it was; each has its own HTTP status and exit status. */
    public enum Kind {
        /** 400: a value is wrong; the message names field, value and expectation. */
        INVALID,
        /** 401 or 403: the token is missing, wrong or too weak. */
        FORBIDDEN,
        /** 404: no such thing. */
        NOT_FOUND,
        /** 409 or 412: someone else was first. */
        CONFLICT,
        /** The control plane cannot be reached or is stopping. */
        UNAVAILABLE,
        /** 5xx: a defect. */
        FAILED
    }
}
