package io.signalbox.mesh.balance;

import io.signalbox.mesh.hash.StableHash;
import io.signalbox.mesh.model.HashOn;
import io.signalbox.mesh.model.Headers;
import io.signalbox.mesh.model.RequestHead;
import org.jspecify.annotations.Nullable;

/** What a request is known by where the strategy hashes: equal values give equal keys. */
public final class RequestKey {

    /** The request has nothing to be known by. */
    public static final long NONE = 0;

    private static final String FORWARDED_FOR = "x-forwarded-for";
    private static final String COOKIE = "cookie";

    private RequestKey() {}

    /** Where the address of a request's connection is found, if it is needed. */
    @FunctionalInterface
    public interface Source {
        @Nullable
        String address();
    }

    public static long of(HashOn on, RequestHead head, Source source) {
        return switch (on) {
            case HashOn.Header(String name) -> text(head.headers().first(name));
            case HashOn.Cookie(String name) -> cookie(head.headers(), name);
            case HashOn.Path() -> text(head.path());
            case HashOn.SourceAddress() -> address(head.headers().first(FORWARDED_FOR), source);
        };
    }

    /** The key of a connection that is no request. */
    public static long of(HashOn on, Source source) {
        return switch (on) {
            case HashOn.SourceAddress() -> text(source.address());
            case HashOn.Header _, HashOn.Cookie _, HashOn.Path _ -> NONE;
        };
    }

    private static long address(@Nullable String forwardedFor, Source source) {
        if (forwardedFor == null) {
            return text(source.address());
        }
        int comma = forwardedFor.indexOf(',');
        String first = (comma < 0 ? forwardedFor : forwardedFor.substring(0, comma)).strip();
        return first.isEmpty() ? text(source.address()) : text(first);
    }

    /** Of {@code a=1; b=2}, on one line or on several (RFC 6265, 4.2.1; RFC 9113, 8.2.3). */
    private static long cookie(Headers headers, String name) {
        for (String line : headers.all(COOKIE)) {
            for (int from = 0; from < line.length(); ) {
                int semicolon = line.indexOf(';', from);
                int to = semicolon < 0 ? line.length() : semicolon;
                int start = from;
                while (start < to && line.charAt(start) == ' ') {
                    start++;
                }
                int value = start + name.length() + 1;
                if (value < to && line.startsWith(name, start) && line.charAt(value - 1) == '=') {
                    return key(StableHash.of(0, line, value, to));
                }
                from = to + 1;
            }
        }
        return NONE;
    }

    private static long text(@Nullable String text) {
        return text == null || text.isEmpty() ? NONE : key(StableHash.of(0, text));
    }

    private static long key(long hash) {
        return hash == NONE ? 1 : hash;
    }
}
