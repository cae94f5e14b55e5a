package io.signalbox.mesh.proxy.http2;

/** The numbers of RFC 9113, section 6. */
final class Frame {

    static final int HEADER = 9;

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 0x1;
    static final int ACK = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int WITH_PRIORITY = 0x20;

    /** The longest payload that is allowed unless said otherwise, and the longest that we take. */
    static final int USUAL_LENGTH = 16_384;

    static final int LARGEST_WINDOW = Integer.MAX_VALUE;
    static final int USUAL_WINDOW = 65_535;

    private Frame() {}
}
