package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.Protection;
import io.signalbox.mesh.model.RateLimit;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest extends MeshCase {

    @Test
    void whatExceedsTheRateIsRefusedByTheCallersOwnSidecar() throws IOException {
        TestApp app = serve(TestApp.saying(200, "fine"));
        limit(new RateLimit(1, Duration.ofHours(1), 2));

        assertThat(get("/").status()).isEqualTo(200);
        assertThat(get("/").status()).isEqualTo(200);
        RawHttp.Answer refused = get("/");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.cause()).isEqualTo("rate-limited");
        assertThat(Integer.parseInt(refused.head().field("Retry-After"))).isBetween(3590, 3600);
        assertThat(app.asked()).hasSize(2);
    }

    @Test
    void anotherChangeOfThePolicyRefillsNothing() throws IOException {
        serve(TestApp.saying(200, "fine"));
        limit(new RateLimit(1, Duration.ofHours(1), 1));
        get("/");
        mesh.policy(TestMesh.draft("catalog")
                .timeout(Duration.ofSeconds(4))
                .done()
                .withProtection(Protection.NONE.withRateLimit(new RateLimit(1, Duration.ofHours(1), 1))));

        assertThat(get("/").status()).isEqualTo(429);
    }

    @Test
    void withoutALimitNothingIsRefused() throws IOException {
        serve(TestApp.saying(200, "fine"));
        limit(new RateLimit(1, Duration.ofHours(1), 1));
        mesh.policy(TestMesh.draft("catalog").done());

        for (int i = 0; i < 5; i++) {
            assertThat(get("/").status()).isEqualTo(200);
        }
    }

    private void limit(RateLimit limit) {
        mesh.policy(TestMesh.draft("catalog").done().withProtection(Protection.NONE.withRateLimit(limit)));
    }
}
