package io.signalbox.mesh.proxy.http2.hpack;

import java.util.HashMap;
import java.util.Map;

/** The 61 fields that both sides know from the start (RFC 7541, appendix A); an index of 1 is the first. */
final class StaticTable {

    private static final String TEXT = """
        :authority
        :method: GET
        :method: POST
        :path: /
        :path: /index.html
        :scheme: http
        :scheme: https
        :status: 200
        :status: 204
        :status: 206
        :status: 304
        :status: 400
        :status: 404
        :status: 500
        accept-charset
        accept-encoding: gzip, deflate
        accept-language
        accept-ranges
        accept
        access-control-allow-origin
        age
        allow
        authorization
        cache-control
        content-disposition
        content-encoding
        content-language
        content-length
        content-location
        content-range
        content-type
        cookie
        date
        etag
        expect
        expires
        from
        host
        if-match
        if-modified-since
        if-none-match
        if-range
        if-unmodified-since
        last-modified
        link
        location
        max-forwards
        proxy-authenticate
        proxy-authorization
        range
        referer
        refresh
        retry-after
        server
        set-cookie
        strict-transport-security
        transfer-encoding
        user-agent
        vary
        via
        www-authenticate
        """;

    /** By index; nothing stands at 0. */
    static final String[] NAMES;

    static final String[] VALUES;

    /** The index after the last. */
    static final int END;

    private static final Map<String, Integer> FIRST = new HashMap<>();

    static {
        String[] lines = TEXT.split("\n", -1);
        END = lines.length;
        NAMES = new String[END];
        VALUES = new String[END];
        NAMES[0] = "";
        VALUES[0] = "";
        for (int i = 1; i < END; i++) {
            String line = lines[i - 1];
            int colon = line.indexOf(": ");
            String name = colon < 0 ? line : line.substring(0, colon);
            // Entries of the same name share it: comparing them is comparing references.
            NAMES[i] = name.equals(NAMES[i - 1]) ? NAMES[i - 1] : name.intern();
            VALUES[i] = colon < 0 ? "" : line.substring(colon + 2).intern();
            FIRST.putIfAbsent(NAMES[i], i);
        }
    }

    private StaticTable() {}

    /** The first entry with this name in lower case, or 0; all its entries follow each other. */
    static int first(String name) {
        return FIRST.getOrDefault(name, 0);
    }
}
