package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.message.Authority;
import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.message.Octets;
import org.jspecify.annotations.Nullable;

/** Reads the head of a request, whole and strictly. */
final class RequestReader {

    private final FieldLines lines;

    RequestReader(FieldLines lines) {
        this.lines = lines;
    }

    /** Refuses a first line that is none, without waiting for what follows; it has to be there whole. */
    static void requireLine(byte[] bytes, int from) throws BadMessage {
        boolean _ = version(bytes, targetEnd(bytes, methodEnd(bytes, from)) + 1);
    }

    private static int methodEnd(byte[] bytes, int from) throws BadMessage {
        int at = from;
        while (Octets.isToken(bytes[at])) {
            at++;
        }
        if (at == from || bytes[at] != ' ') {
            throw BadMessage.invalid("a request line without a valid method");
        }
        return at;
    }

    private static int targetEnd(byte[] bytes, int methodEnd) throws BadMessage {
        int at = methodEnd + 1;
        while (Octets.isTarget(bytes[at])) {
            at++;
        }
        if (at == methodEnd + 1 || bytes[at] != ' ') {
            throw BadMessage.invalid("a request line without a valid target");
        }
        return at;
    }

    /** @param length of the head with the empty line that ends it */
    Http1Request read(byte[] bytes, int from, int length) throws BadMessage {
        int methodEnd = methodEnd(bytes, from);
        int at = targetEnd(bytes, methodEnd);
        String method = method(bytes, from, methodEnd);
        String target = Octets.string(bytes, methodEnd + 1, at);
        boolean http11 = version(bytes, at + 1);
        Fields fields = new Fields();
        lines.read(bytes, at + 11, from + length, fields);
        Framing framing = Framing.ofRequest(fields, http11);
        return message(method, target, http11, fields, framing);
    }

    private static String method(byte[] bytes, int from, int to) {
        if (to - from == 3 && bytes[from] == 'G' && bytes[from + 1] == 'E' && bytes[from + 2] == 'T') {
            return "GET";
        }
        if (to - from == 4
                && bytes[from] == 'P'
                && bytes[from + 1] == 'O'
                && bytes[from + 2] == 'S'
                && bytes[from + 3] == 'T') {
            return "POST";
        }
        return Octets.string(bytes, from, to);
    }

    /** Whether the version is 1.1 or a later 1.x, which are read alike (RFC 9110, 2.5). */
    private static boolean version(byte[] bytes, int at) throws BadMessage {
        boolean shaped = bytes.length >= at + 10
                && bytes[at] == 'H'
                && bytes[at + 1] == 'T'
                && bytes[at + 2] == 'T'
                && bytes[at + 3] == 'P'
                && bytes[at + 4] == '/'
                && Octets.isDigit(bytes[at + 5])
                && bytes[at + 6] == '.'
                && Octets.isDigit(bytes[at + 7])
                && bytes[at + 8] == '\r';
        if (!shaped) {
            throw BadMessage.invalid("a request line without a valid version");
        }
        if (bytes[at + 5] != '1') {
            throw new BadMessage(505, "an HTTP version other than 1.x");
        }
        return bytes[at + 7] != '0';
    }

    private static Http1Request message(String method, String target, boolean http11, Fields fields, Framing framing)
            throws BadMessage {
        int hosts = fields.indexOf("Host", 0);
        if (hosts < 0 ? http11 : fields.indexOf("Host", hosts + 1) >= 0) {
            throw BadMessage.invalid("not exactly one Host");
        }
        String host = hosts < 0 ? null : fields.value(hosts);
        if (host != null && !Authority.isValid(host)) {
            throw BadMessage.invalid("a Host that is no host");
        }
        if (method.equals("CONNECT")) {
            if (!Authority.isValid(target) || target.lastIndexOf(':') <= target.lastIndexOf(']')) {
                throw BadMessage.invalid("a CONNECT to what is no host and port");
            }
            return Http1Request.of(method, target, target, http11, fields, framing);
        }
        if (target.charAt(0) == '/') {
            return Http1Request.of(method, target, host, http11, fields, framing);
        }
        if (target.equals("*") && method.equals("OPTIONS")) {
            return Http1Request.of(method, target, host, http11, fields, framing);
        }
        return absolute(method, target, http11, fields, framing);
    }

    /** An absolute-form target outranks {@code Host}, which is rewritten (RFC 9112, 3.2.2). */
    private static Http1Request absolute(String method, String target, boolean http11, Fields fields, Framing framing)
            throws BadMessage {
        int scheme = target.indexOf("://");
        @Nullable String authority = null;
        String rest = "";
        if (scheme > 0 && isWeb(target.substring(0, scheme))) {
            int begin = scheme + 3;
            int end = begin;
            while (end < target.length() && "/?".indexOf(target.charAt(end)) < 0) {
                end++;
            }
            authority = target.substring(begin, end);
            rest = target.substring(end);
        }
        if (authority == null || authority.isEmpty() || !Authority.isValid(authority)) {
            throw BadMessage.invalid("a request target of no known form");
        }
        String path = rest.startsWith("/") ? rest : method.equals("OPTIONS") && rest.isEmpty() ? "*" : "/" + rest;
        fields.set("Host", authority);
        return Http1Request.of(method, path, authority, http11, fields, framing);
    }

    private static boolean isWeb(String scheme) {
        return scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
    }
}
