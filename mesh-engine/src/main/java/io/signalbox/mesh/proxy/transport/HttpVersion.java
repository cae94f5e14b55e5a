package io.signalbox.mesh.proxy.transport;

/** The version of HTTP in which a message was received. */
public enum HttpVersion {
    HTTP_1_0,
    HTTP_1_1,
    HTTP_2;

    public static HttpVersion ofHttp1(boolean http11) {
        return http11 ? HTTP_1_1 : HTTP_1_0;
    }
}
