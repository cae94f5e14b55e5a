package io.signalbox.mesh.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.proxy.message.Authority;
import io.signalbox.mesh.proxy.message.Fields;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What must hold of any bytes that come for HTTP/1.1: fed one by one they read as when they come at once, and what has
 * been read, written again, reads the same.
 */
public final class Http1Properties {

    private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern FIELD_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");
    private static final Pattern AUTHORITY = Pattern.compile("[\\[\\]:.A-Za-z0-9_~!$&'()*+,;=%-]*");

    private Http1Properties() {}

    public static void requestHead(byte[] bytes) {
        Parse whole = Parse.request(bytes, bytes.length);
        assertThat(Parse.request(bytes, 1)).isEqualTo(whole);
        assertThat(Parse.request(bytes, 7)).isEqualTo(whole);
        if (whole instanceof Parse.Whole(int length, var first, var fields)) {
            assertThat(length).isLessThanOrEqualTo(bytes.length);
            assertHarmless(fields);
            byte[] again = written(first.getFirst() + " " + first.get(1) + " HTTP/1.1", fields);
            if (first.get(2).equals("true")) {
                assertThat(Parse.request(again, again.length)).isEqualTo(new Parse.Whole(again.length, first, fields));
            }
        }
    }

    public static void answerHead(byte[] bytes) {
        Parse whole = Parse.answer(bytes, bytes.length);
        assertThat(Parse.answer(bytes, 1)).isEqualTo(whole);
        if (whole instanceof Parse.Whole(int length, var first, var fields)) {
            assertThat(length).isLessThanOrEqualTo(bytes.length);
            assertHarmless(fields);
            byte[] again = written("HTTP/1." + first.get(2) + " " + first.getFirst() + " " + first.get(1), fields);
            assertThat(Parse.answer(again, again.length)).isEqualTo(new Parse.Whole(again.length, first, fields));
        }
    }

    public static void chunkedBody(byte[] bytes) {
        Parse whole = Parse.chunked(bytes, bytes.length);
        assertThat(Parse.chunked(bytes, 1)).isEqualTo(whole);
        assertThat(Parse.chunked(bytes, 5)).isEqualTo(whole);
        if (whole instanceof Parse.Whole(int length, var body, var trailers)) {
            assertThat(length).isLessThanOrEqualTo(bytes.length);
            assertHarmless(trailers);
            String chunk = body.getFirst();
            String first = chunk.isEmpty() ? "0" : Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n0";
            byte[] again = written(first, trailers);
            assertThat(Parse.chunked(again, again.length)).isEqualTo(new Parse.Whole(again.length, body, trailers));
        }
    }

    public static void authority(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (Authority.isValid(text)) {
            assertThat(text).matches(AUTHORITY);
            byte[] head = written("GET / HTTP/1.1", "Host: " + text + "\n");
            assertThat(Parse.request(head, head.length)).isInstanceOf(Parse.Whole.class);
        }
    }

    /** Of a request from elsewhere: written as HTTP/1.1 it is that one request. One without Host gets none here. */
    public static void assertReadsAsWritten(String method, String target, Fields fields) {
        assertHarmless(fields.toString());
        String host = fields.has("Host") ? "" : "Host: none\n";
        byte[] head = written(method + " " + target + " HTTP/1.1", host + fields);
        Parse read = Parse.request(head, head.length);
        assertThat(read).isInstanceOfSatisfying(Parse.Whole.class, whole -> {
            assertThat(whole.length()).isEqualTo(head.length);
            assertThat(whole.first().subList(0, 2)).containsExactly(method, target);
            assertThat(whole.fields()).isEqualTo(host + fields);
        });
    }

    /** Nothing that could be taken for the end of a field, wherever it is written to. */
    private static void assertHarmless(String fields) {
        fields.lines().forEach(line -> {
            int colon = line.indexOf(": ");
            assertThat(line.substring(0, colon)).matches(FIELD_NAME);
            assertThat(line.substring(colon + 2)).matches(FIELD_VALUE);
        });
    }

    /** @param fields as {@link Fields#toString} has them */
    private static byte[] written(String first, String fields) {
        return (first + "\r\n" + fields.replace("\n", "\r\n") + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
