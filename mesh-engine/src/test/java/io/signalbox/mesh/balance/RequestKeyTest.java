package io.signalbox.mesh.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.HashOn;
import io.signalbox.mesh.model.Headers;
import io.signalbox.mesh.model.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestKeyTest {

    private static final RequestKey.Source LOOPBACK = () -> "127.0.0.1";

    @Test
    void aHeadersFirstValueDecides() {
        HashOn on = new HashOn.Header("X-User-ID");

        assertThat(key(on, "X-User-ID: 7")).isEqualTo(key(on, "x-user-id: 7", "x-user-id: 8"));
        assertThat(key(on, "X-User-ID: 7")).isNotEqualTo(key(on, "X-User-ID: 8"));
        assertThat(key(on)).isEqualTo(RequestKey.NONE);
        assertThat(key(on, "X-User-ID: ")).isEqualTo(RequestKey.NONE);
    }

    @Test
    void aCookieIsFoundAmongOthersAndOnEachLine() {
        HashOn on = new HashOn.Cookie("id");

        assertThat(key(on, "Cookie: a=1; id=7; b=2"))
                .isEqualTo(key(on, "Cookie: id=7"))
                .isEqualTo(key(on, "Cookie: a=1;id=7"))
                .isEqualTo(key(on, "Cookie: a=1", "Cookie: id=7"))
                .isNotEqualTo(key(on, "Cookie: id=8"));
    }

    @Test
    void aCookieOfALikeNameIsAnother() {
        HashOn on = new HashOn.Cookie("id");

        assertThat(key(on, "Cookie: id2=7; xid=7; ID=7; id; id=; =id")).isEqualTo(RequestKey.NONE);
        assertThat(key(on, "Cookie: x=id=7")).isEqualTo(RequestKey.NONE);
    }

    @Test
    void theFirstAddressThatForwardedForNamesIsTheSource() {
        HashOn on = new HashOn.SourceAddress();

        assertThat(key(on, "X-Forwarded-For: 10.0.0.9, 10.0.0.1"))
                .isEqualTo(key(on, "X-Forwarded-For: 10.0.0.9"))
                .isNotEqualTo(key(on));
        assertThat(key(on)).isEqualTo(key(on, "X-Forwarded-For: 127.0.0.1")).isEqualTo(key(on, "X-Forwarded-For: ,"));
        assertThat(RequestKey.of(on, LOOPBACK)).isEqualTo(key(on));
        assertThat(RequestKey.of(on, () -> null)).isEqualTo(RequestKey.NONE);
    }

    @Test
    void thePathDecidesAndAConnectionHasNone() {
        assertThat(key(new HashOn.Path())).isNotEqualTo(RequestKey.NONE);
        assertThat(RequestKey.of(new HashOn.Path(), LOOPBACK)).isEqualTo(RequestKey.NONE);
        assertThat(RequestKey.of(new HashOn.Header("a"), LOOPBACK)).isEqualTo(RequestKey.NONE);
    }

    private static long key(HashOn on, String... lines) {
        return RequestKey.of(on, new Head(List.of(lines)), LOOPBACK);
    }

    private record Head(List<String> lines) implements RequestHead, Headers {

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/items/7";
        }

        @Override
        public Headers headers() {
            return this;
        }

        @Override
        public @Nullable String first(String name) {
            return all(name).stream().findFirst().orElse(null);
        }

        @Override
        public List<String> all(String name) {
            return lines.stream()
                    .filter(line -> line.substring(0, line.indexOf(':')).equalsIgnoreCase(name))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .toList();
        }
    }
}
