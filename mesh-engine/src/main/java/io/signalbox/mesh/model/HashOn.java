package io.signalbox.mesh.model;

/** What of a request decides its endpoint: requests that are alike in it go to the same one. */
public sealed interface HashOn {

    /** The first value of that header field; the name in any case. */
    record Header(String name) implements HashOn {
        public Header {
            Names.token("loadBalancing.hashOn.header", name);
        }
    }

    /** The value of that cookie; the name in that very case. */
    record Cookie(String name) implements HashOn {
        public Cookie {
            Names.token("loadBalancing.hashOn.cookie", name);
        }
    }

    /** The address that the request comes from: the first of {@code X-Forwarded-For}, else of the connection. */
    record SourceAddress() implements HashOn {}

    /** The path as it was sent, without the query. */
    record Path() implements HashOn {}
}
