package io.signalbox.mesh.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.CertificateInfo;
import io.signalbox.mesh.client.SignedCertificate;
import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenRequest;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.controlplane.Caller;
import io.signalbox.mesh.controlplane.TestMesh;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.tls.Csr;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.net.http.HttpResponse;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Certificates on request, over real sockets. */
class IdentityApiTest {

    private final HttpMesh http = new HttpMesh();

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void aSidecarGetsACertificateForItsServiceAndItProvesIt() throws Exception {
        Csr csr = Csr.of("CN=cart");

        SignedCertificate signed =
                signed(sign(http.token("sidecar:cart"), Map.of("csr", csr.pem(), "instance", "cart-1")));

        ServiceIdentity identity = identity(signed, csr.keys().getPrivate());
        assertThat(identity.id().toString()).isEqualTo("spiffe://test.signalbox/service/cart");
        assertThat(identity.trust()).isEqualTo(http.authority.trust());
        assertThat(signed.notAfter()).isEqualTo(http.trustTime.instant().plus(Duration.ofHours(1)));
        assertThat(signed.renewAt()).isEqualTo(http.trustTime.instant().plus(Duration.ofMinutes(40)));
        assertThat(http.identities.member(chain(identity)))
                .isInstanceOfSatisfying(
                        Caller.Member.class,
                        member -> assertThat(member.service()).isEqualTo("cart"));
        assertThat(identity.chain().getFirst().getSubjectX500Principal().getName())
                .as("a common name could be taken for a host's")
                .doesNotContain("CN=");
        assertThat(identity.chain().getFirst().getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void anAdminNamesTheService() {
        assertThat(sign(http.token.text(), Map.of("csr", Csr.of("").pem())).body())
                .contains("service: nothing (expected: the service that the certificate is for)");

        SignedCertificate signed =
                signed(sign(http.token.text(), Map.of("csr", Csr.of("").pem(), "service", "cart")));

        assertThat(signed.id()).isEqualTo("spiffe://test.signalbox/service/cart");
    }

    /** The answer is there before the body; a connection that ends with it must say so. */
    @Test
    void whoIsRefusedOverHttp1CanAskAgain() {
        String body = "{\"csr\":\"" + "x".repeat(50_000) + "\"}";
        for (int i = 0; i < 300; i++) {
            assertThat(http.as("nobody-s", "POST", "/api/v1/identities/sign", body)
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void nobodyGetsTheNameOfAnother() {
        String cart = http.token("sidecar:cart");

        assertThat(sign(cart, Map.of("csr", Csr.of("").pem(), "service", "payment"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(sign(cart, Map.of("csr", Csr.of("CN=payment").pem())).statusCode())
                .isEqualTo(400);
        assertThat(sign(
                                cart,
                                Map.of(
                                        "csr",
                                        Csr.of("")
                                                .uri("spiffe://test.signalbox/service/payment")
                                                .pem()))
                        .body())
                .contains("csr.name: spiffe://test.signalbox/service/payment");
        assertThat(sign(http.token("operate"), Map.of("csr", Csr.of("").pem(), "service", "cart"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(sign(http.token("read"), Map.of("csr", Csr.of("").pem(), "service", "cart"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(sign(http.token.text(), Map.of("csr", Csr.of("").pem(), "service", "../admin"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(http.identities.newestFirst(Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void aTokenForOneUseIsUsedUpByOneCertificateEvenWhenEightAskAtOnce() throws Exception {
        String once = once("join");
        Callable<Integer> ask =
                () -> sign(once, Map.of("csr", Csr.of("").pem())).statusCode();

        List<Integer> statuses;
        try (ExecutorService eight = Executors.newFixedThreadPool(8)) {
            statuses = eight.invokeAll(Stream.generate(() -> ask).limit(8).toList()).stream()
                    .map(IdentityApiTest::now)
                    .toList();
        }

        assertThat(statuses)
                .containsOnlyOnce(200)
                .filteredOn(status -> status != 200)
                .containsOnly(401);
        assertThat(http.identities.newestFirst(Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(sign(once, Map.of("csr", Csr.of("").pem())).body()).contains("was used, and was good once");
    }

    @Test
    void aRefusedRequestDoesNotUseUpTheToken() {
        String once = once("join");

        assertThat(sign(once, Map.of("csr", Csr.of("CN=payment").pem())).statusCode())
                .isEqualTo(400);
        assertThat(sign(once, Map.of("csr", Csr.of("CN=cart").pem())).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsSignedIsListedAuditedAndTold() {
        sign(once("join"), Map.of("csr", Csr.of("").pem(), "instance", "cart-1", "reason", "first start"));

        assertThat(http.get("/api/v1/identities").body())
                .contains("\"service\":\"cart\"", "\"instance\":\"cart-1\"", "\"by\":\"join\"", "\"state\":\"active\"");
        AuditEntry entry =
                http.mesh.controlPlane.audit().newestFirst(Long.MAX_VALUE, 1).getFirst();
        assertThat(entry.kind()).isEqualTo(AuditEntry.Kind.IDENTITY);
        assertThat(entry.by()).isEqualTo("join");
        assertThat(entry.subject()).isEqualTo("cart");
        assertThat(entry.reason()).isEqualTo("first start");
        assertThat(http.mesh.events(MeshEvent.CertificateIssued.class)).hasSize(1);
    }

    @Test
    void aMemberRenewsUntilItsTokenIsRevokedOrItsCertificateEnds() throws Exception {
        Csr csr = Csr.of("");
        X509Certificate[] chain = chain(identity(
                signed(sign(once("join"), Map.of("csr", csr.pem()))), csr.keys().getPrivate()));

        http.trustTime.advance(Duration.ofMinutes(59));
        assertThat(http.identities.member(chain).origin()).isEqualTo("join");
        http.tokens.revoke("join", TestMesh.NOTE);

        assertRefused(() -> http.identities.member(chain), "got by a token that is not revoked");
        assertThat(http.identities.newestFirst(Long.MAX_VALUE, 1))
                .extracting(CertificateInfo::state)
                .containsExactly(CertificateInfo.State.ENDING);
        http.trustTime.advance(Duration.ofMinutes(2));
        assertRefused(() -> http.identities.member(chain), "valid now");
        assertThat(http.identities.newestFirst(Long.MAX_VALUE, 1))
                .extracting(CertificateInfo::state)
                .containsExactly(CertificateInfo.State.EXPIRED);
    }

    @Test
    void aCertificateThatTheOwnerHadSignedOrThatNobodyWroteDownIsNoMembers() throws Exception {
        Csr csr = Csr.of("");
        ServiceIdentity owners = identity(
                signed(sign(http.token.text(), Map.of("csr", csr.pem(), "service", "cart"))),
                csr.keys().getPrivate());
        ServiceIdentity unwritten = http.authority.issue("cart", "cart-9");

        assertRefused(() -> http.identities.member(chain(owners)), "not revoked");
        assertRefused(() -> http.identities.member(chain(unwritten)), "one that this control plane signed");
    }

    @Test
    void whatEndedLongAgoIsForgotten() {
        String token = http.token("admin");
        sign(token, Map.of("csr", Csr.of("").pem(), "service", "cart"));
        http.trustTime.advance(Duration.ofDays(31));

        sign(http.token.text(), Map.of("csr", Csr.of("").pem(), "service", "cart"));

        assertThat(http.identities.newestFirst(Long.MAX_VALUE, 10)).hasSize(1);
    }

    private String once(String name) {
        TokenRequest request = new TokenRequest(
                Optional.of(name), TokenScope.parse("sidecar:cart"), Duration.ofMinutes(10), TokenInfo.Uses.ONCE);
        return http.tokens.create(request, TestMesh.NOTE).token();
    }

    private HttpResponse<String> sign(String token, Map<String, String> body) {
        return http.as(token, "POST", "/api/v1/identities/sign", Json.text(body));
    }

    private static SignedCertificate signed(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body(), SignedCertificate.class);
    }

    private static ServiceIdentity identity(SignedCertificate signed, PrivateKey key) {
        String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return ServiceIdentity.fromPem(signed.certificate(), pem, signed.trustBundle());
    }

    private static X509Certificate[] chain(ServiceIdentity identity) {
        return identity.chain().toArray(X509Certificate[]::new);
    }

    private static void assertRefused(ThrowingCallable call, String reason) {
        assertThatThrownBy(call).isInstanceOf(CertificateException.class).hasMessageContaining(reason);
    }

    private static int now(Future<Integer> status) {
        return status.resultNow();
    }
}
