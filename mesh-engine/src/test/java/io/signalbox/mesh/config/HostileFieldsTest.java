package io.signalbox.mesh.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that look right and cannot be. */
class HostileFieldsTest {

    private static final String HEAD = "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: a\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        abTest: { versionA: v1, versionB: v1, splitKey: x }                        | 4, column 35: abTest.versionB: v1 (expected: another version than versionA)
        abTest: { versionA: v1, versionB: v2, splitKey: "x y" }                    | 4, column 49: abTest.splitKey: x y (expected: the name of a header field)
        rules: [ { match: { headers: { "X Y": a } }, to: v1 } ]                    | 4, column 32: rules[0].match.headers: X Y (expected: the name of a header field)
        rules: [ { match: { headers: { ":path": a } }, to: v1 } ]                  | 4, column 32: rules[0].match.headers: :path (expected: the name of a header field)
        faults: [ { reset: {}, match: { headers: { "X:": a } } } ]                 | 4, column 44: faults[0].match.headers: X: (expected: the name of a header field)
        rules: [ { to: v1, rewrite: { host: "a:99999" } } ]                        | 4, column 37: rules[0].rewrite.host: a:99999 (expected: a host name, with or without a port)
        rules: [ { to: v1, rewrite: { path: "/%zz" } } ]                           | 4, column 37: rules[0].rewrite.path: /%zz (expected: two hexadecimal digits after each %)
        rules: [ { to: v1, rewrite: { path: "/a%2" } } ]                           | 4, column 37: rules[0].rewrite.path: /a%2 (expected: two hexadecimal digits after each %)
        rules: [ { to: v1, rewrite: { path: "/../../etc" } } ]                     | 4, column 37: rules[0].rewrite.path: /../../etc (expected: no segments that are . or ..)
        rules: [ { to: v1, rewrite: { path: "/a/%2E." } } ]                        | 4, column 37: rules[0].rewrite.path: /a/%2E. (expected: no segments that are . or ..)
        rules: [ { redirect: { path: "/a/./b" } } ]                                | 4, column 30: rules[0].redirect.path: /a/./b (expected: no segments that are . or ..)
        rules: [ { to: v1, requestHeaders: { set: { B3: "0" } } } ]                | 4, column 45: rules[0].requestHeaders.set: B3 (expected: a field that the mesh does not write itself)
        rules: [ { to: v1, requestHeaders: { remove: b3 } } ]                      | rules[0].requestHeaders.remove: b3 (expected: a field that the mesh does not write itself)
        rules: [ { to: v1, requestHeaders: { set: { X: "a\\r\\nY: b" } } } ]       | 4, column 48: rules[0].requestHeaders.set.X: a
        retry: { retryOn: [0503] }                                                 | retry.retryOn: 0503 (expected: 5xx | gateway-error
        """)
    void whatLooksRightAndCannotBeIsRefusedWhereItStands(String fields, String message) {
        assertThatThrownBy(() -> PolicyFormat.read(HEAD + fields))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aNameIsRefusedInItsOwnLine() {
        assertThatThrownBy(() -> PolicyFormat.read(HEAD + """
            rules:
              - match:
                  headers:
                    X-Good: a
                    "X Bad": b
                to: v1
            """))
                .hasMessageContaining("line 8, column 9: rules[0].match.headers: X Bad");
        assertThatThrownBy(() -> PolicyFormat.read(HEAD + """
            rules:
              - to: v1
                responseHeaders:
                  set:
                    X-Good: a
                    Content-Length: "5"
            """))
                .hasMessageContaining("line 9, column 9: rules[0].responseHeaders.set: Content-Length");
    }
}
