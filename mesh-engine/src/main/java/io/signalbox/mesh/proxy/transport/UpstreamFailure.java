package io.signalbox.mesh.proxy.transport;

/** Why an attempt brought no whole answer. */
public sealed interface UpstreamFailure {

    /** For people: what happened, without the name of any class. */
    String detail();

    /** No connection could be made; nothing was sent. */
    record ConnectFailed(String detail) implements UpstreamFailure {}

    /** One side could not prove its identity to the other; the request reached nobody. */
    record IdentityRefused(String detail) implements UpstreamFailure {}

    /** A limit of this transport was reached; nothing was sent. */
    record Overloaded(String detail) implements UpstreamFailure {}

    /** The endpoint said that it has not looked at the request. */
    record NotTaken(String detail) implements UpstreamFailure {}

    /** The connection ended early; the request may have been acted on. */
    record Reset(String detail) implements UpstreamFailure {}

    /** The connection fell silent for longer than the transport allows. */
    record Stalled(String detail) implements UpstreamFailure {}

    /** The answer was not HTTP, or beyond the limits. */
    record ProtocolError(String detail) implements UpstreamFailure {}
}
