package io.signalbox.mesh.proxy.http2.hpack;

/**
 * Takes the fields of a block, in order; pseudo-header fields come as fields whose names begin with a colon.
 *
 * <p>Each char is one octet. Names and values come as they were sent: whether HTTP/2 allows them is the taker's affair.
 * Nothing here may throw, for the block must be read to its end to keep the tables in step.
 */
@FunctionalInterface
public interface FieldSink {

    void field(String name, String value);

    /** A field that no one on the way may put into a table (RFC 7541, 6.2.3). */
    default void neverIndexed(String name, String value) {
        field(name, value);
    }
}
