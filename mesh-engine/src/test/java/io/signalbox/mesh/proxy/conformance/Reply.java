package io.signalbox.mesh.proxy.conformance;

/** What the application sends for one request: bytes as in {@link Wire}, when, and what becomes of the connection. */
record Reply(String bytes, When when, After after) {

    enum When {
        /** Before the body has been read. */
        AT_THE_HEAD,
        /** Once the request has been read whole. */
        AT_THE_END
    }

    enum After {
        KEEP,
        /** A proper end. */
        END,
        RESET
    }

    static Reply of(String bytes) {
        return new Reply(bytes, When.AT_THE_END, After.KEEP);
    }

    Reply thenEnd() {
        return new Reply(bytes, when, After.END);
    }

    Reply thenReset() {
        return new Reply(bytes, when, After.RESET);
    }

    Reply early() {
        return new Reply(bytes, When.AT_THE_HEAD, after);
    }
}
