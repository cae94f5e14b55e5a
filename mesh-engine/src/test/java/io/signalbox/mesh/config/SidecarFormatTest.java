package io.signalbox.mesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.InboundAddress;
import io.signalbox.mesh.model.MtlsMode;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SidecarFormatTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    private static final String HEAD = """
        apiVersion: signalbox.io/v1
        kind: Sidecar
        service: storefront
        """;

    private static final MeshCertificateAuthority AUTHORITY =
            new MeshCertificateAuthority("test.signalbox", () -> NOW, new SecureRandom());
    private static final ServiceIdentity STRANGER =
            new MeshCertificateAuthority("test.signalbox", () -> NOW, new SecureRandom()).issue("x", "x-1");
    private static final ServiceIdentity STOREFRONT = AUTHORITY.issue("storefront", "storefront-1");

    @TempDir
    private Path folder;

    @BeforeEach
    void writeWhatDocumentsName() throws IOException {
        write("storefront.pem", STOREFRONT.certificatePem());
        write("storefront-key.pem", STOREFRONT.keyPem());
        write("root.pem", STOREFRONT.rootPem());
        write("other-key.pem", AUTHORITY.issue("other", "other-1").keyPem());
        write("stranger.pem", STRANGER.certificatePem());
        write("stranger-key.pem", STRANGER.keyPem());
        write("catalog.yaml", """
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: catalog
            circuitBreaker: { failureThreshold: 9 }
            canary: { stable: v1, candidate: v2, initialWeight: 30 }
            """);
        write("broken.yaml", """
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: catalog
            timeout: soon
            """);
    }

    @Test
    void everyFieldIsRead() {
        SidecarDocument read = read("""
            apiVersion: signalbox.io/v1
            kind: Sidecar
            service: storefront
            version: v3
            instance: storefront-7
            app:      { port: 8080, protocol: http }
            inbound:  { port: 8081 }
            outbound: { port: 15001 }
            admin:    { port: 15000 }
            mtls: permissive
            identity: { certificate: storefront.pem, key: storefront-key.pem, trust: root.pem }
            limits: { connections: 500, drain: 1m }
            defaultService: catalog
            services:
              catalog:
                - { instance: c-1, version: v2, host: "::1", port: 9000, spiffeId: "spiffe://test.signalbox/catalog" }
                - { port: 9001 }
              payment: []
            policies: [ catalog.yaml ]
            """);

        assertThat(read.service()).isEqualTo("storefront");
        assertThat(read.version()).isEqualTo("v3");
        assertThat(read.instance().value()).isEqualTo("storefront-7");
        assertThat(read.appPort()).isEqualTo(8080);
        assertThat(read.ports().inbound().value()).isEqualTo(8081);
        assertThat(read.ports().outbound().value()).isEqualTo(15001);
        assertThat(read.ports().admin()).isEqualTo(new Placed<>(15000, file() + ": line 9, column 19: admin.port"));
        assertThat(read.mtls()).isEqualTo(MtlsMode.PERMISSIVE);
        assertThat(read.identity())
                .isInstanceOfSatisfying(
                        SidecarIdentity.Given.class,
                        given -> assertThat(given.identity().id()).isEqualTo(STOREFRONT.id()));
        assertThat(read.limits()).isEqualTo(new SidecarDocument.Limits(500, Duration.ofMinutes(1)));
        assertThat(read.defaultService()).isEqualTo("catalog");
        assertThat(read.mesh().services()).containsOnlyKeys("catalog", "payment");
        ServiceConfig catalog = Objects.requireNonNull(read.mesh().services().get("catalog"));
        assertThat(catalog.endpoints())
                .containsExactly(
                        new Endpoint(
                                "catalog", "c-1", "v2", "::1", 9000, Protocol.HTTP, "spiffe://test.signalbox/catalog"),
                        new Endpoint("catalog", "catalog-2", "v1", "127.0.0.1", 9001, Protocol.HTTP, null));
        assertThat(catalog.policy().circuitBreaker().failureThreshold()).isEqualTo(9);
        assertThat(catalog.candidateWeight()).contains(new Weight(30));
    }

    @Test
    void anIdentityMayComeFromTheControlPlaneWhoseTokenIsGoneOnceItWasUsed() throws IOException {
        write("ca.pem", STOREFRONT.rootPem());
        String issued = HEAD
                + "controlPlane: { url: \"https://mesh.test:9090\", tokenFile: join.token, caFile: ca.pem }\n"
                + "identity: { from: controlPlane }\n";

        SidecarDocument without = read(issued);
        write("join.token", "0123456789abcdef");
        SidecarDocument with = read(issued);

        assertThat(with.identity()).isEqualTo(new SidecarIdentity.Issued());
        assertThat(with.mtls()).isEqualTo(MtlsMode.STRICT);
        assertThat(Objects.requireNonNull(without.controlPlane()).token()).isNull();
        assertThat(Objects.requireNonNull(with.controlPlane()).token()).isNotNull();
        assertThat(with.named())
                .as("a token that goes is no change of the document")
                .containsExactly(folder.resolve("ca.pem"));
        assertThat(with.fixedFieldsChangedIn(without)).isEmpty();
        write("ca.pem", STOREFRONT.rootPem() + STOREFRONT.rootPem());
        assertThat(with.fixedFieldsChangedIn(read(issued)))
                .as("roots are told by the control plane")
                .isEmpty();
    }

    @Test
    void whatIsLeftOutHasADefault() {
        SidecarDocument read = read(HEAD + "services: { catalog: [ { port: 9000 } ] }");

        assertThat(read.version()).isEqualTo("v1");
        assertThat(read.instance().value()).isEqualTo("storefront-1");
        assertThat(read.appPort()).isNull();
        assertThat(read.ports().outbound().value()).isZero();
        assertThat(read.mtls()).isEqualTo(MtlsMode.OFF);
        assertThat(read.identity()).isEqualTo(new SidecarIdentity.None());
        assertThat(read.limits()).isEqualTo(new SidecarDocument.Limits(1_024, Duration.ofSeconds(30)));
        assertThat(read.defaultService()).isNull();
        assertThat(Objects.requireNonNull(read.mesh().services().get("catalog"))
                        .policy()
                        .circuitBreaker())
                .isEqualTo(CircuitBreakerConfig.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({"'', STRICT", "mtls: strict, STRICT", "mtls: permissive, PERMISSIVE", "mtls: off, OFF"})
    void withAnIdentityMutualTlsIsDemandedUnlessTheFileSaysOtherwise(String line, MtlsMode mode) {
        assertThat(read(HEAD + identity("storefront.pem", "storefront-key.pem") + line)
                        .mtls())
                .isEqualTo(mode);
    }

    @Test
    void zonesAndWeightsAreRead() {
        SidecarDocument read = read(HEAD + """
            zone: north
            services: { catalog: [ { port: 9000, weight: 3, zone: south }, { port: 9001 } ] }
            """);

        assertThat(read.zone()).isEqualTo("north");
        assertThat(Objects.requireNonNull(read.mesh().services().get("catalog")).endpoints())
                .extracting(Endpoint::weight, Endpoint::zone)
                .containsExactly(tuple(3, "south"), tuple(1, null));
        assertThatThrownBy(() -> read(HEAD + "services: { catalog: [ { port: 1, weight: 1001 } ] }"))
                .hasMessageContaining("services.catalog[0].weight: 1001 (expected: 1..1000)");
    }

    @Test
    void othersCallTheInboundListenerWhereItIsBoundOrWhereTheFileSays() {
        String strict = HEAD
                + "app: { port: 80 }\n"
                + "identity: { certificate: storefront.pem, key: storefront-key.pem, trust: root.pem }\n";

        assertThat(read(HEAD).inbound().value()).isEqualTo(new InboundAddress("127.0.0.1", "127.0.0.1"));
        assertThat(read(strict + "inbound: { host: 10.0.0.2 }").inbound())
                .isEqualTo(new Placed<>(
                        new InboundAddress("10.0.0.2", "10.0.0.2"), file() + ": line 6, column 18: inbound.host"));
        assertThat(read(strict + "inbound: { host: \"::\", advertise: shop-7.example }")
                        .inbound()
                        .value())
                .isEqualTo(new InboundAddress("::", "shop-7.example"));
        assertThat(read(strict + "inbound: { advertise: shop-7.example }")
                        .inbound()
                        .value()
                        .onLoopback())
                .isFalse();
        assertThat(new InboundAddress("::1", "::1").authority(8443)).isEqualTo("[::1]:8443");
        assertThat(new InboundAddress("10.0.0.2", "shop-7.example").authority(8443))
                .isEqualTo("shop-7.example:8443");
        assertThatThrownBy(() -> read(strict + "mtls: permissive\ninbound: { host: 10.0.0.2 }"))
                .hasMessageContaining(
                        "inbound.host: 10.0.0.2 (expected: loopback, since mtls is permissive and not strict)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        4 | 1  | outbuond: 1                             | outbuond: unknown field (expected: did you mean outbound?)
        4 | 1  | colour: red                             | colour: unknown field (expected: one of admin, apiVersion,
        4 | 1  | service: again                          | service: given twice (expected: each field once)
        4 | 15 | controlPlane: { url: "http://x" }       | controlPlane.tokenFile: missing (expected: required)
        4 | 19 | identity: { from: controlPlane }        | identity.from: controlPlane (expected: a field controlPlane of the sidecar
        4 | 19 | identity: { from: files }               | identity.from: files (expected: controlPlane, or certificate, key
        4 | 7  | zone: " "                               | zone:   (expected: a name)
        4 | 11 | instance: "a b"                         | instance: a b (expected: 1 to 253 letters
        4 | 10 | version: [v1]                           | version: a list (expected: a text)
        4 | 6  | app: 8080                               | app: 8080 (expected: a mapping of fields)
        4 | 6  | app: {}                                 | app.port: missing (expected: required)
        4 | 14 | app: { port: 0 }                        | app.port: 0 (expected: 1..65535)
        4 | 14 | app: { port: http }                     | app.port: http (expected: a whole number)
        4 | 14 | app: { port: "80" }                     | app.port: 80 (expected: a whole number)
        4 | 28 | app: { port: 80, protocol: smtp }       | app.protocol: smtp (expected: http | h2c | grpc | tcp)
        4 | 19 | outbound: { port: 65536 }               | outbound.port: 65536 (expected: 0..65535)
        4 | 13 | outbound: { host: 0.0.0.0 }             | outbound.host: unknown field (expected:
        4 | 27 | outbound: { tcp: { stock: 15432 } }     | outbound.tcp.stock: stock (expected: a name under services, which has none)
        4 | 18 | outbound: { tcp: 15432 }                | outbound.tcp: 15432 (expected: a mapping of fields)
        4 | 39 | services: { s: [ { port: 1, protocol: udp } ] } | services.s[0].protocol: udp (expected: http | h2c | grpc | tcp)
        4 | 10 | inbound: { port: 8081 }                 | inbound: given (expected: no inbound listener, since there is no app to pass requests to)
        4 | 30 | inbound: { port: 8081, host: mesh.example } | inbound.host: mesh.example (expected: an IP address of this machine)
        4 | 18 | inbound: { host: 224.0.0.1 }            | inbound.host: 224.0.0.1 (expected: an IP address of this machine)
        4 | 12 | inbound: { address: 10.0.0.2 }          | inbound.address: unknown field (expected:
        4 | 18 | inbound: { host: 10.0.0.2 }             | inbound.host: 10.0.0.2 (expected: loopback, since mtls is off and not strict)
        4 | 10 | inbound: { host: 0.0.0.0 }              | inbound.advertise: 0.0.0.0 (expected: a name or address by which others call what listens on 0.0.0.0)
        4 | 10 | inbound: { host: "::0" }                | inbound.advertise: ::0 (expected: a name or address by which others call what listens on ::0)
        4 | 10 | inbound: { host: "0:0:0:0:0:0:0:0" }    | inbound.advertise: 0:0:0:0:0:0:0:0 (expected: a name or address by which
        4 | 23 | inbound: { advertise: "0" }             | inbound.advertise: 0 (expected: a name or address by which
        4 | 38 | inbound: { host: 0.0.0.0, advertise: 127.0.0.1 } | inbound.advertise: 127.0.0.1 (expected: one that others reach, since it listens on 0.0.0.0)
        4 | 23 | inbound: { advertise: 10.0.0.2 }        | inbound.advertise: 10.0.0.2 (expected: loopback, since mtls is off and not strict)
        4 | 23 | inbound: { advertise: "a b" }           | inbound.advertise: a b (expected: a host name or address)
        4 | 24 | limits: { connections: 0 }              | limits.connections: 0 (expected: 1..1000000)
        4 | 18 | limits: { drain: 2h }                   | limits.drain: 2h (expected: 0s..1h)
        4 | 18 | limits: { drain: 5 }                    | limits.drain: 5 (expected: a duration with a unit
        4 | 11 | limits: { most: 5 }                     | limits.most: unknown field (expected:
        4 | 7  | mtls: strict                            | mtls: strict (expected: off, since no identity is given)
        4 | 7  | mtls: maybe                             | mtls: maybe (expected: strict | permissive | off)
        4 | 17 | defaultService: catalog                 | defaultService: catalog (expected: a name under services, which has none)
        4 | 11 | services: [catalog]                     | services: a list (expected: a mapping of fields)
        4 | 25 | services: { Not.A.Name: [] }            | services.Not.A.Name: Not.A.Name (expected: 1 to 63 of a-z
        4 | 22 | services: { catalog: { port: 1 } }      | services.catalog: a mapping (expected: a list of mappings)
        4 | 24 | services: { catalog: [ { host: here } ] } | services.catalog[0].port: missing (expected: required)
        4 | 32 | services: { catalog: [ { port: 70000 } ] } | services.catalog[0].port: 70000 (expected: 1..65535)
        4 | 41 | services: { catalog: [ { port: 1, host: "http://x" } ] } | services.catalog[0].host: http://x (expected: a host name or address)
        4 | 45 | services: { catalog: [ { port: 1, spiffeId: catalog } ] } | services.catalog[0].spiffeId: catalog (expected: spiffe://
        4 | 45 | services: { catalog: [ { port: 1, spiffeId: "spiffe://a/b" } ] } | services.catalog[0].spiffeId: spiffe://a/b (expected: none: without an identity of its own
        4 | 72 | services: { a: [ { port: 1, instance: x } ], b: [ { port: 2, instance: x } ] } | services.b[0].instance: x (expected: an instance that is not listed above)
        4 | 13 | policies: [ none.yaml ]                 | none.yaml (expected: a file that exists)
        4 | 13 | policies: [ catalog.yaml ]              | policies[0]: catalog (expected: a name under services, which has none)
        4 | 11 | identity: { certificate: storefront.pem, key: storefront-key.pem } | identity.trust: missing (expected: required)
        4 | 64 | identity: { trust: root.pem, certificate: storefront.pem, key: none.pem } | none.pem (expected: a file that exists)
        """)
    void aWrongFieldIsRefusedWithFileLineColumnValueAndExpectation(int line, int column, String text, String message) {
        assertThatThrownBy(() -> read(HEAD + text))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageStartingWith(file() + ": line " + line + ", column " + column + ": ")
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        storefront.pem | other-key.pem      | root.pem           | identity.key: EC key (expected: the key of the certificate)
        stranger.pem   | stranger-key.pem   | root.pem           | (expected: a workload's, valid now and signed by the root in trust)
        catalog.yaml   | storefront-key.pem | root.pem           | identity.certificate:
        storefront.pem | root.pem           | root.pem           | identity.key: no key (expected: an unencrypted PEM key
        storefront.pem | storefront-key.pem | storefront-key.pem | identity.trust:
        """)
    void anIdentityThatNoPeerWouldBelieveIsRefused(String certificate, String key, String trust, String message) {
        assertThatThrownBy(() -> read(
                        HEAD + "identity: { certificate: %s, key: %s, trust: %s }".formatted(certificate, key, trust)))
                .hasMessageStartingWith(file() + ": line 4, column ")
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void anExpiredCertificateIsRefused() {
        String text = HEAD + identity("storefront.pem", "storefront-key.pem");

        assertThatThrownBy(() -> SidecarFormat.read(text, file(), NOW.plus(Duration.ofDays(2))))
                .hasMessageContaining("identity.certificate: ")
                .hasMessageContaining("valid now");
    }

    @Test
    void twoListenersOnOnePortAreRefused() {
        assertThatThrownBy(() -> read(HEAD + "outbound: { port: 15001 }\nadmin: { port: 15001 }\n"))
                .hasMessageContaining(": line 5, column ")
                .hasMessageContaining("admin.port: 15001 (expected: another port than app and listeners above)");
    }

    @Test
    void servicesThatAreCalledOverTcpHavePortsOfTheirOwn() {
        SidecarDocument read = read(HEAD + """
            app: { port: 9000, protocol: tcp }
            outbound: { port: 15001, tcp: { stock: 15432, ledger: 0 } }
            services: { stock: [ { port: 5432, protocol: tcp } ], ledger: [] }
            """);

        assertThat(read.appProtocol()).isEqualTo(Protocol.TCP);
        assertThat(read.ports().tcp())
                .containsOnly(
                        Map.entry("stock", new Placed<>(15432, file() + ": line 5, column 40: outbound.tcp.stock")),
                        Map.entry("ledger", new Placed<>(0, file() + ": line 5, column 55: outbound.tcp.ledger")));
        assertThat(Objects.requireNonNull(read.mesh().services().get("stock"))
                        .endpoints()
                        .getFirst()
                        .protocol())
                .isEqualTo(Protocol.TCP);
    }

    @Test
    void aTcpPortIsNoOtherListeners() {
        assertThatThrownBy(() ->
                        read(HEAD + "admin: { port: 15000 }\noutbound: { tcp: { a: 15000 } }\nservices: { a: [] }\n"))
                .hasMessageContaining(": line 5, column 23: outbound.tcp.a: 15000 (expected: another port than app");
    }

    @Test
    void aMistypedTcpServiceIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> read(HEAD + "outbound: { tcp: { catalgo: 0 } }\nservices: { catalog: [] }\n"))
                .hasMessageContaining(
                        "outbound.tcp.catalgo: catalgo (expected: a name under services; did you mean catalog?)");
    }

    @Test
    void aBadPolicyIsRefusedWithThePlaceInItsOwnFile() {
        assertThatThrownBy(() -> read(HEAD + "services: { catalog: [] }\npolicies: [ catalog.yaml, broken.yaml ]\n"))
                .hasMessageStartingWith(
                        folder.resolve("broken.yaml") + ": line 4, column 10: timeout: soon (expected:");
    }

    @Test
    void aServiceHasOnePolicy() {
        assertThatThrownBy(() -> read(HEAD + "services: { catalog: [] }\npolicies: [ catalog.yaml, catalog.yaml ]\n"))
                .hasMessageStartingWith(file() + ": line 5, column ")
                .hasMessageContaining("policies[1]: again catalog (expected: one policy a service)");
    }

    @Test
    void aMistypedDefaultServiceIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> read(HEAD + "defaultService: catalgo\nservices: { catalog: [] }\n"))
                .hasMessageContaining(
                        "defaultService: catalgo (expected: a name under services; did you mean catalog?)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "just words",
                "[]",
                "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: a",
                "apiVersion: signalbox.io/v2\nkind: Sidecar\nservice: a",
                "apiVersion: signalbox.io/v1\nkind: Sidecar",
                "apiVersion: signalbox.io/v1\nkind: Sidecar\nservice: a\npolicies: [\"\\0\"]",
                "apiVersion: signalbox.io/v1\nkind: Sidecar\nservice: a\n---\napiVersion: signalbox.io/v1",
                "apiVersion: [",
            })
    void aDocumentThatIsNoSidecarIsRefusedWithItsFile(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageStartingWith(file() + ": line ");
    }

    @Test
    void randomTextNeverCausesAnythingButARefusal() {
        Random random = new Random(7);
        String alphabet = "abcport: -[]{}\"'\n\t&*#|>%!,0159.~\\\u00e9\u0000/";
        List<String> fields = List.of("app", "outbound", "services", "policies", "identity", "mtls", "instance");
        List<Throwable> surprises = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder(HEAD)
                    .append(fields.get(random.nextInt(fields.size())))
                    .append(": ");
            random.ints(random.nextInt(60), 0, alphabet.length()).forEach(at -> text.append(alphabet.charAt(at)));
            try {
                SidecarDocument _ = read(text.toString());
            } catch (InvalidDocumentException expected) {
                assertThat(expected.line()).isPositive();
            } catch (RuntimeException surprise) {
                surprises.add(surprise);
            }
        }
        assertThat(surprises).isEmpty();
    }

    private static String identity(String certificate, String key) {
        return "identity: { certificate: %s, key: %s, trust: root.pem }%n".formatted(certificate, key);
    }

    private SidecarDocument read(String text) {
        return SidecarFormat.read(text, file(), NOW);
    }

    private Path file() {
        return folder.resolve("sidecar.yaml");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
