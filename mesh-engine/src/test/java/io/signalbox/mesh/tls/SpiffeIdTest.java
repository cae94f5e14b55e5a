package io.signalbox.mesh.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpiffeIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"spiffe://corner-shop.signalbox/service/cart", "spiffe://a", "spiffe://1.2.3.4/Mixed.Case_-9/..."
            })
    void aValidIdIsWrittenAsItWasRead(String text) {
        assertThat(SpiffeId.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cart",
                "https://corner-shop/service/cart",
                "SPIFFE://corner-shop/service/cart",
                "spiffe://",
                "spiffe:///service/cart",
                "spiffe://Corner-Shop/service/cart",
                "spiffe://corner-shop:8080/service/cart",
                "spiffe://user@corner-shop/service/cart",
                "spiffe://corner-shop/",
                "spiffe://corner-shop/service/cart/",
                "spiffe://corner-shop/service//cart",
                "spiffe://corner-shop/service/./cart",
                "spiffe://corner-shop/service/../cart",
                "spiffe://corner-shop/service/..",
                "spiffe://corner-shop/service/c%61rt",
                "spiffe://corner-shop/service/cart?x=1",
                "spiffe://corner-shop/service/cart#x",
                "spiffe://corner-shop/service/café",
                "spiffe://corner-shop/service/cart\n"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> SpiffeId.parse(text)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void anIdLongerThan2048BytesIsRefused() {
        String start = "spiffe://a/";

        assertThat(SpiffeId.parse(start + "x".repeat(2_048 - start.length()))).isNotNull();
        assertThatThrownBy(() -> SpiffeId.parse(start + "x".repeat(2_049 - start.length())))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aServicesIdNamesTheService() {
        assertThat(SpiffeId.ofService("mesh", "cart").service()).contains("cart");
        assertThat(SpiffeId.parse("spiffe://mesh/service/a/b").service()).isEmpty();
        assertThat(SpiffeId.parse("spiffe://mesh").service()).isEmpty();
    }
}
