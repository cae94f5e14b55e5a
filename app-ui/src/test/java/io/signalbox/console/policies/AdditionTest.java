package io.signalbox.console.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.TrafficPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdditionTest {

    private static final String DEFAULTS = PolicyFormat.yaml(TrafficPolicy.defaults("catalog"));

    @ParameterizedTest
    @EnumSource
    void whatFitsIsValidOnceItIsAdded(Addition addition) {
        String base = addition == Addition.STICKINESS ? Addition.SPLIT.addTo(DEFAULTS) : DEFAULTS;
        assertThat(addition.fits(base)).isTrue();
        String text = addition.addTo(base.stripTrailing());
        assertThat(PolicyFormat.read(text)).isNotEqualTo(PolicyFormat.read(base));
        assertThat(addition.fits(text)).isFalse();
    }

    @Test
    void ofThoseThatShareTheTrafficOneFits() {
        String text = Addition.CANARY.addTo(DEFAULTS);
        assertThat(Addition.SPLIT.fits(text)).isFalse();
        assertThat(Addition.AB_TEST.fits(text)).isFalse();
        assertThat(Addition.RETRY.fits(text)).isTrue();
    }
}
