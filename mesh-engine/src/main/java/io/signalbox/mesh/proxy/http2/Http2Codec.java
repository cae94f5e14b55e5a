package io.signalbox.mesh.proxy.http2;

import io.signalbox.mesh.proxy.http2.hpack.HpackOutput;

/** What the HTTP/2 connections of one loop share. Belongs to that loop's thread. */
public final class Http2Codec {

    private final HpackOutput output = new HpackOutput();

    /** Where one block of fields is written before it is cut into frames. */
    HpackOutput output() {
        output.reset();
        return output;
    }
}
