package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import io.signalbox.mesh.model.MtlsMode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No header field that says who calls comes from outside to an application. */
class IdentityHeadersTest extends MeshCase {

    private static final String FORGED = "forged-by-the-caller";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-signalbox-source",
                "X-Signalbox-Source",
                "X_SIGNALBOX_SOURCE",
                "x_signalbox-source",
                "x-signalbox-identity",
                "x-signalbox-anything-to-come",
                "x-forwarded-client-cert",
                "X-Forwarded-Client-Cert",
                "X_Forwarded_Client_Cert",
                "x-forwarded-client-cert-chain",
                "X-Forwarded-Tls-Client-Cert",
                "X-Forwarded-Tls-Client-Cert-Info",
                "Client-Cert",
                "Client-Cert-Chain",
                "client_cert",
                "X-Client-Cert",
                "X-Client-Certificate",
                "X-SSL-Client-Cert",
                "X-SSL-Client-S-DN",
                "X-SSL-Client-Verify",
                "SSL-Client-Cert",
                "SSL_CLIENT_S_DN",
                "X-Amzn-Mtls-Clientcert",
                "X-Amzn-Mtls-Clientcert-Subject",
                "x-spiffe-id",
                "l5d-client-id",
                "x-envoy-peer-metadata",
                "x-envoy-peer-metadata-id"
            })
    void whatACallerWritesOfItselfIsRemovedOnEachWay(String name) throws IOException {
        TestApp app = serve(TestApp.saying(200, "fine"));
        TestApp open = mesh.closing(TestApp.saying(200, "fine"));
        Sidecar permissive =
                mesh.start(SidecarSpec.of("open", "v1", "open-1", open.port(), mesh.authority.issue("open", "open-1"))
                        .withMtls(MtlsMode.PERMISSIVE));
        String fields = name + ": " + FORGED + "\nX-Kept: yes\nX-User-ID: 7\n" + name + ": again\n\n";

        assertThat(call("GET / HTTP/1.1\nHost: catalog\n" + fields).status()).isEqualTo(200);
        try (RawHttp http = new RawHttp(permissive.inboundPort().orElseThrow())) {
            assertThat(http.send("GET / HTTP/1.1\nHost: open\n" + fields)
                            .answer()
                            .status())
                    .isEqualTo(200);
        }

        Headers proven = app.asked().getFirst().headers();
        assertThat(proven.values()).noneMatch(values -> values.contains(FORGED));
        assertThat(proven.get("x-signalbox-source")).containsExactly("shop");
        Headers unproven = open.asked().getFirst().headers();
        assertThat(unproven.values()).noneMatch(values -> values.contains(FORGED));
        assertThat(unproven.keySet())
                .noneMatch(field -> field.toLowerCase(Locale.ROOT).startsWith("x-signalbox-"));
        assertThat(List.of(proven.getFirst("X-Kept"), unproven.getFirst("X-User-ID")))
                .containsExactly("yes", "7");
    }

    @Test
    void anApplicationsAnswerSpeaksNotInTheMeshsName() throws IOException {
        serve(TestApp.answering(exchange -> {
            exchange.getResponseHeaders().add("x_signalbox_cause", FORGED);
            exchange.getResponseHeaders().add("X-Signalbox-Cause", "access-denied");
            TestApp.say(exchange, 200, "fine");
        }));

        RawHttp.Answer answer = get("/");

        assertThat(answer.cause()).isEmpty();
        assertThat(answer.head().fields()).noneMatch(field -> field.contains(FORGED));
    }
}
