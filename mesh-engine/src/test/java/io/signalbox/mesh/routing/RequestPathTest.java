package io.signalbox.mesh.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {

    private static final Pattern ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final String[] PIECES = {
        "/", "/", "/", "a", "b", ".", "..", "%2e", "%2E", "%2f", "%61", "%", "%4", "%25", "%zz", "é", "%c3%a9", ";x",
        " ", "%00"
    };

    @ParameterizedTest
    @CsvSource(textBlock = """
        /,                  /
        /a/b,               /a/b
        /a/b/,              /a/b/
        /.well-known/x,     /.well-known/x
        /a/...,             /a/...
        /a/./b,             /a/b
        /a/../b,            /b
        /a/b/..,            /a/
        /a/.,               /a/
        /..,                /
        /../..//x,          /x
        //a///b,            /a/b
        /%7Ea,              /~a
        /a%2fb,             /a%2Fb
        /a%5cb,             /a%5Cb
        /100%25,            /100%25
        /%252e%252e/x,      /%252e%252e/x
        /caf%c3%a9,         /caf%C3%A9
        /café,              /caf%C3%A9
        /a%20b,             /a%20b
        /a%00,              /a%00
        /50%,               /50%
        /50%4,              /50%4
        /%zz,               /%zz
        *,                  *
        """)
    void pathsAreBroughtIntoOneForm(String sent, String canonical) {
        assertThat(RequestPath.canonical(sent)).isEqualTo(canonical);
    }

    @Test
    void anOrdinaryPathIsNotCopied() {
        String ordinary = "/items/42/reviews;page=2";

        assertThat(RequestPath.canonical(ordinary)).isSameAs(ordinary);
    }

    @Test
    void anyPathGivesWhatTheModelGivesAndStaysSo() {
        SplittableRandom random = new SplittableRandom(71);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder path = new StringBuilder("/");
            for (int piece = random.nextInt(10); piece > 0; piece--) {
                path.append(PIECES[random.nextInt(PIECES.length)]);
            }
            String canonical = RequestPath.canonical(path.toString());
            assertThat(canonical).as(path.toString()).isEqualTo(model(path.toString()));
            assertThat(canonical).startsWith("/").doesNotContain("//", "/./", "/../");
        }
    }

    /** The same rules by rewriting text again and again. */
    private static String model(String path) {
        String text = path.replace("é", "%C3%A9").replace(" ", "%20");
        text = ENCODED.matcher(text).replaceAll(match -> Matcher.quoteReplacement(octet(match.group(1))));
        text = text.replaceAll("/+", "/");
        String before = "";
        while (!before.equals(text)) {
            before = text;
            text = text.replaceFirst("/\\.(/|$)", "/").replaceFirst("^/\\.\\.(/|$)", "/");
            text = text.equals(before) ? text.replaceFirst("/(?!\\.\\.?/)[^/]+/\\.\\.(/|$)", "/") : text;
        }
        return text;
    }

    private static String octet(String hex) {
        int octet = Integer.parseInt(hex, 16);
        boolean decoded = octet > ' ' && octet <= '~' && "/\\%?#".indexOf(octet) < 0;
        return decoded ? String.valueOf((char) octet) : "%" + hex.toUpperCase(Locale.ROOT);
    }
}
