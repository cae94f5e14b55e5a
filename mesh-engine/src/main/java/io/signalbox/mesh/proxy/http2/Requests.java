package io.signalbox.mesh.proxy.http2;

import io.signalbox.mesh.proxy.message.Authority;
import io.signalbox.mesh.proxy.message.Octets;
import io.signalbox.mesh.proxy.relay.BodyLength;
import io.signalbox.mesh.proxy.relay.RequestMessage;
import io.signalbox.mesh.proxy.transport.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Turns a block of fields into a request that is as strict as one of HTTP/1.1, since it may become one. */
final class Requests {

    private static final int MOST_FIELDS = 256;

    private Requests() {}

    /**
     * Reads the head of a request.
     *
     * @param last whether no body follows
     */
    static RequestMessage read(int stream, HeadBlock block, boolean last) throws Http2Exception {
        String wrong = block.wrong();
        if (wrong != null) {
            throw malformed(stream, wrong);
        }
        String method = block.method;
        if (method == null || !isToken(method) || block.status != null) {
            throw malformed(stream, "a request without a valid method");
        }
        String authority = authority(stream, block);
        // As HTTP/1.1 it has a Host, whether it came with one or not.
        int fields = block.fields.count() + (authority == null ? 1 : 0);
        require(stream, fields <= MOST_FIELDS, "more than " + MOST_FIELDS + " fields");
        String target = method.equals("CONNECT") ? tunnel(stream, block) : target(stream, method, block);
        BodyLength length = Lengths.read(stream, block.fields, last);
        return new RequestMessage(HttpVersion.HTTP_2, method, target, authority, block.fields, length);
    }

    private static String tunnel(int stream, HeadBlock block) throws Http2Exception {
        String authority = block.authority;
        boolean valid = block.path == null
                && block.scheme == null
                && authority != null
                && authority.lastIndexOf(':') > authority.lastIndexOf(']');
        require(stream, valid, "a CONNECT to what is no host and port");
        return String.valueOf(authority);
    }

    private static String target(int stream, String method, HeadBlock block) throws Http2Exception {
        String path = block.path;
        String scheme = block.scheme;
        require(stream, scheme != null && !scheme.isEmpty(), "a request without a scheme");
        if (path == null || path.isEmpty() || !isTarget(path)) {
            throw malformed(stream, "a request without a valid path");
        }
        require(
                stream,
                path.charAt(0) == '/' || (path.equals("*") && method.equals("OPTIONS")),
                "a path that does not begin with a slash");
        return path;
    }

    /** {@code :authority} and {@code Host} say the same or one of them says nothing; both ends up in {@code Host}. */
    private static @Nullable String authority(int stream, HeadBlock block) throws Http2Exception {
        int hosts = block.fields.indexOf("host", 0);
        String host = hosts < 0 ? null : block.fields.value(hosts);
        String named = block.authority;
        if (named == null || named.isEmpty()) {
            named = host;
        }
        boolean valid = named == null || (Authority.isValid(named) && (host == null || host.equalsIgnoreCase(named)));
        require(
                stream,
                valid && (hosts < 0 || block.fields.indexOf("host", hosts + 1) < 0),
                "not exactly one valid authority");
        if (named != null) {
            block.fields.set("Host", named);
        }
        return named;
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127 || !Octets.isToken((byte) text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isTarget(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127 || !Octets.isTarget((byte) text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static void require(int stream, boolean holds, String otherwise) throws Http2Exception {
        if (!holds) {
            throw malformed(stream, otherwise);
        }
    }

    static Http2Exception malformed(int stream, String why) {
        return Http2Exception.stream(stream, ErrorCode.PROTOCOL_ERROR, why);
    }
}
