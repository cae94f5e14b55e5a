package io.signalbox.mesh.proxy.tcp;

import io.signalbox.mesh.proxy.io.Wire;
import java.nio.ByteBuffer;

/**
 * A connection whose protocol is over, to be joined with another one byte by byte.
 *
 * @param read what has been read from it and belongs to the bytes
 */
public record RawEnd(Wire wire, ByteBuffer read) {}
