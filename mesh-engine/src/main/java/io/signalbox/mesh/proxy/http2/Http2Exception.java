package io.signalbox.mesh.proxy.http2;

/** A peer that breaks the rules of RFC 9113, on one stream or for the whole connection. */
final class Http2Exception extends Exception {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final int stream;

    private Http2Exception(int stream, int code, String why) {
        super(why, null, false, false);
        this.stream = stream;
        this.code = code;
    }

    static Http2Exception connection(int code, String why) {
        return new Http2Exception(0, code, why);
    }

    static Http2Exception stream(int stream, int code, String why) {
        return new Http2Exception(stream, code, why);
    }

    int code() {
        return code;
    }

    /** The stream that ends; 0 when the connection does. */
    int stream() {
        return stream;
    }
}
