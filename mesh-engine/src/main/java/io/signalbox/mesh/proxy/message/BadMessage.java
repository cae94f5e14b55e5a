package io.signalbox.mesh.proxy.message;

/** A message that breaks the rules of RFC 9112; its status is what a client that sent it is told. */
public final class BadMessage extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    public BadMessage(int status, String why) {
        super(why, null, false, false);
        this.status = status;
    }

    public static BadMessage invalid(String why) {
        return new BadMessage(400, why);
    }

    public int status() {
        return status;
    }
}
