package io.signalbox.mesh.proxy.http2;

import io.signalbox.mesh.proxy.http2.hpack.FieldSink;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.message.Octets;
import org.jspecify.annotations.Nullable;

/** One block of fields as it comes: pseudo-header fields apart, and the first thing that is wrong with it. */
final class HeadBlock implements FieldSink {

    final Fields fields = new Fields();

    @Nullable
    String method;

    @Nullable
    String scheme;

    @Nullable
    String authority;

    @Nullable
    String path;

    @Nullable
    String status;

    private @Nullable StringBuilder cookies;
    private int pseudo;
    private boolean regular;
    private @Nullable String wrong;

    /** What is wrong with it, or {@code null}. */
    @Nullable
    String wrong() {
        return wrong;
    }

    /** Whether it has pseudo-header fields. */
    boolean hasPseudo() {
        return pseudo > 0;
    }

    @Override
    public void field(String name, String value) {
        if (!isText(value)) {
            refuse("a field value with white space around it or a control character in it");
        } else if (!name.isEmpty() && name.charAt(0) == ':') {
            pseudo(name, value);
        } else {
            regular(name, value);
        }
    }

    /** To be called after the last field. */
    void end() {
        StringBuilder joined = cookies;
        if (joined != null) {
            fields.add("cookie", joined.toString());
        }
    }

    private void pseudo(String name, String value) {
        pseudo++;
        if (regular) {
            refuse("a pseudo-header field after a field");
        }
        switch (name) {
            case ":method" -> method = once(method, value);
            case ":scheme" -> scheme = once(scheme, value);
            case ":authority" -> authority = once(authority, value);
            case ":path" -> path = once(path, value);
            case ":status" -> status = once(status, value);
            default -> refuse("an unknown pseudo-header field");
        }
    }

    private String once(@Nullable String before, String value) {
        if (before != null) {
            refuse("a pseudo-header field twice");
        }
        return value;
    }

    private void regular(String name, String value) {
        regular = true;
        if (!isName(name)) {
            refuse("a field name that is no lower-case token");
            return;
        }
        switch (name) {
            case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" ->
                refuse("a field that concerns a connection of HTTP/1.1");
            case "te" -> {
                if (!value.equals("trailers")) {
                    refuse("a TE other than trailers");
                }
                fields.add(name, value);
            }
            case "cookie" -> {
                // Crumbs of one field (RFC 9113, 8.2.3); an empty one would leave a blank at its end.
                StringBuilder joined = cookies;
                if (joined == null) {
                    cookies = new StringBuilder(value);
                } else if (!value.isEmpty()) {
                    joined.append(joined.isEmpty() ? "" : "; ").append(value);
                }
            }
            default -> fields.add(name, value);
        }
    }

    private void refuse(String why) {
        if (wrong == null) {
            wrong = why;
        }
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 127 || (c >= 'A' && c <= 'Z') || !Octets.isToken((byte) c)) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isText(String value) {
        int length = value.length();
        if (length == 0) {
            return true;
        }
        for (int i = 0; i < length; i++) {
            if (!Octets.isText((byte) value.charAt(i))) {
                return false;
            }
        }
        return !Octets.isBlank((byte) value.charAt(0)) && !Octets.isBlank((byte) value.charAt(length - 1));
    }
}
