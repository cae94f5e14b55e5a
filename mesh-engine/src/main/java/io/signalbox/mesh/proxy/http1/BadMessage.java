package io.signalbox.mesh.proxy.http1;

/** A message that breaks the rules of RFC 9112; its status is what a client that sent it is told. */
final class BadMessage extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    BadMessage(int status, String why) {
        super(why, null, false, false);
        this.status = status;
    }

    static BadMessage invalid(String why) {
        return new BadMessage(400, why);
    }

    int status() {
        return status;
    }
}
