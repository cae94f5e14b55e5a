package io.signalbox.shop.web;

/** An application's answer that is not a success; it becomes a problem document with that status. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    public Refusal(int status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
