package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.tls.MeshTls;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Ways around a rule about a path, each over a connection of its own in mutual TLS, past the caller's sidecar. */
class AuthorizationEvasionTest extends MeshCase {

    /** What may lead an application to /admin, by one reading or another. */
    private static final List<String> TO_ADMIN = List.of(
            "/admin",
            "/admin/",
            "/admin/users",
            "//admin",
            "///admin///users",
            "/./admin",
            "/x%3f/..%2f..%2fadmin",
            "/x%23/..;/..;/admin",
            "/x%23/%252e%252e/%252e%252e/admin",
            "/x%2fy/../admin%2fz",
            "/.//./admin",
            "/x/../admin",
            "/x/./../admin/users",
            "/x/y/../../admin",
            "/../admin",
            "/../../../../admin",
            "/admin/../x",
            "/admin/..",
            "/admin/../",
            "/x//../admin",
            "/admin//../x",
            "/%61dmin",
            "/%61%64%6d%69%6e",
            "/%61%64%6D%69%6E/users",
            "/x/%2e%2e/admin",
            "/x/%2E%2E/admin",
            "/x/.%2e/admin",
            "/x/%2e./admin",
            "/%2e/admin",
            "/x%2f..%2fadmin",
            "/x%2F..%2Fadmin",
            "/x/..%2fadmin",
            "/x%2f../admin",
            "/%2fadmin",
            "/admin%2fusers",
            "/admin%2Fusers",
            "/x/..%5cadmin",
            "/x\\..\\admin",
            "/\\admin",
            "/admin\\users",
            "/x/%252e%252e/admin",
            "/x%252f..%252fadmin",
            "/%2561dmin",
            "/%252561dmin",
            "/x/%25252e%25252e/admin",
            "/admin;x=1",
            "/admin;/users",
            "/admin;jsessionid=1/users",
            "/;x/admin",
            "/x/..;/admin",
            "/x/..;a=b/admin",
            "/x/.;/../admin",
            "/x/%2e%2e;/admin",
            "/x/..%3b/admin",
            "/admin%3bx",
            "/x/..%2fadmin/..;/x",
            "/ADMIN",
            "/Admin/Users",
            "/aDmIn",
            "/%41DMIN",
            "/admin.",
            "/admin./users",
            "/admin%2e",
            "/admin..",
            "/admin%20",
            "/admin%20/users",
            "/admin.%20",
            "/admin%09",
            "/admin%00",
            "/admin%00.html",
            "/admin%3fx",
            "/admin%23x",
            "/admin%253f",
            "/%u0061dmin",
            "/x/%u002e%u002e/admin",
            "/x%u002f..%u002fadmin",
            "/x/%c0%ae%c0%ae/admin",
            "/x%c0%af..%c0%afadmin",
            "/%ef%bd%81dmin",
            "/x/%ef%bc%8e%ef%bc%8e/admin",
            "/x%ef%bc%8f..%ef%bc%8fadmin",
            "/admin?x=/public",
            "/admin/?/../x",
            "/x/../admin?y",
            "http://catalog/admin",
            "http://catalog//admin",
            "http://catalog/x/../admin",
            "http://catalog/%61dmin",
            "http://other/admin",
            "http://catalog/x/..;/admin");

    /** What begins like a path that is allowed, and may lead to another one. */
    private static final List<String> FROM_PUBLIC = List.of(
            "/public/../admin",
            "/public/..",
            "/public/../",
            "/public/%2e%2e/admin",
            "/public/..%2fadmin",
            "/public%2f../admin",
            "/public%2f..%2fadmin",
            "/public/..%5cadmin",
            "/public\\..\\admin",
            "/public/..;/admin",
            "/public/..;x/admin",
            "/public/%2e%2e;/admin",
            "/public/%252e%252e/admin",
            "/public/..%252fadmin",
            "/public/%25252e%25252e/admin",
            "/public/x/../../admin",
            "/public//../admin",
            "/public/./../admin",
            "/public/.%2e/admin",
            "/public/%u002e%u002e/admin",
            "/public/%c0%ae%c0%ae/admin",
            "/public/%ef%bc%8e%ef%bc%8e/admin",
            "/public/x%3f/..%2f..%2fadmin",
            "/public/x%23/..;/..;/admin",
            "/public/x%00/..%2f..%2fadmin",
            "/public%2fy/../../admin%2fz",
            "/publicadmin",
            "/public.admin",
            "/PUBLIC/x",
            "/xpublic/admin",
            "/admin/../public",
            "/admin/..;/public/x",
            "/admin%2f..%2fpublic/x",
            "/admin#/../public",
            "http://catalog/public/../admin",
            "http://public/admin",
            "http://catalog/public/..;/admin");

    private static final String DENIES_ADMIN = "rules: [ { action: deny, match: { pathPrefix: /admin } } ]";
    private static final String ALLOWS_PUBLIC =
            "default: deny, rules: [ { action: allow, match: { pathPrefix: /public, methods: [GET] } } ]";

    @SuppressWarnings("NullAway.Init") // started by each test
    private Sidecar catalog;

    @SuppressWarnings("NullAway.Init")
    private TestApp app;

    @Test
    void noWayOfWritingAPathGetsAroundADenyRule() throws Exception {
        start(DENIES_ADMIN);

        assertThat(TO_ADMIN).hasSizeGreaterThanOrEqualTo(60);
        for (String target : TO_ADMIN) {
            assertRefused("GET " + target + " HTTP/1.1\nHost: catalog\n\n");
        }
        assertThat(app.asked()).isEmpty();
        assertThat(ask("GET /x HTTP/1.1\nHost: catalog\n\n").status()).isEqualTo(200);
        assertThat(ask("GET /administration HTTP/1.1\nHost: catalog\n\n").status())
                .isEqualTo(200);
    }

    @Test
    void noWayOfWritingAPathGetsOutOfAnAllowRule() throws Exception {
        start(ALLOWS_PUBLIC);

        for (String target : FROM_PUBLIC) {
            assertRefused("GET " + target + " HTTP/1.1\nHost: catalog\n\n");
        }
        assertThat(app.asked()).isEmpty();
        for (String target :
                List.of("/public", "/public/", "/public/a%20b", "/public/Some.File.txt", "/public?x=/admin")) {
            assertThat(ask("GET " + target + " HTTP/1.1\nHost: catalog\n\n").status())
                    .as(target)
                    .isEqualTo(200);
        }
    }

    @Test
    void headersThatNameAnotherPathOrMethodGetAroundNoRule() throws Exception {
        start("rules: [ { action: deny, match: { pathPrefix: /admin } },"
                + " { action: deny, match: { methods: [DELETE] } } ]");

        for (String field : List.of(
                "X-Original-URL: /admin",
                "X-Rewrite-URL: /x/../admin",
                "X-Original-URL: /x\nX-Original-URL: /admin",
                "x-original-url: http://catalog/admin?y",
                "X-Original-URL: /admin?x=://y/public",
                "X_Original_URL: /admin",
                "X_HTTP_Method_Override: DELETE",
                "X-HTTP-Method-Override: DELETE, x",
                "X-HTTP-Method-Override: DELETE",
                "X-HTTP-Method: delete",
                "X-Method-Override: Delete",
                "X-HTTP-Method-Override: GET\nX-HTTP-Method-Override: DELETE")) {
            assertRefused("POST /x HTTP/1.1\nHost: catalog\nContent-Length: 0\n" + field + "\n\n");
        }
        assertRefused("POST /x?a=b&_method=delete HTTP/1.1\nHost: catalog\nContent-Length: 0\n\n");
        assertRefused("DELETE /x HTTP/1.1\nHost: catalog\n\n");
        assertRefused("delete /x HTTP/1.1\nHost: catalog\n\n");
        assertThat(app.asked()).isEmpty();
    }

    @Test
    void headersThatNameAnotherPathOrMethodGetOutOfNoAllowRule() throws Exception {
        start(ALLOWS_PUBLIC);

        for (String field : List.of(
                "X-Original-URL: /admin",
                "X-Rewrite-URL: /public/../admin",
                "X-HTTP-Method-Override: DELETE",
                "X-HTTP-Method: get")) {
            assertRefused("GET /public HTTP/1.1\nHost: catalog\n" + field + "\n\n");
        }
        assertRefused("get /public HTTP/1.1\nHost: catalog\n\n");
        assertThat(app.asked()).isEmpty();
    }

    @Test
    void nobodyBecomesAnotherCallerByWhatItSays() throws Exception {
        start("default: deny, rules: [ { action: allow, match: { sources: [cart] } } ]");
        String id = "spiffe://test.signalbox/service/cart";

        for (String field : List.of(
                "x-signalbox-source: cart",
                "X-SIGNALBOX-SOURCE: cart",
                "x-forwarded-client-cert: By=x;URI=" + id,
                "X-Forwarded-Client-Cert: URI=" + id + "\nx-forwarded-client-cert: URI=" + id,
                "x-spiffe-id: " + id,
                "Forwarded: for=cart;by=" + id,
                "X-Client-Cert: " + id,
                "ssl-client-subject-dn: CN=cart",
                "tracestate: signalbox=source:cart",
                "baggage: source=cart",
                "Connection: x-signalbox-source\nx-signalbox-source: cart",
                "From: cart",
                "Authorization: Bearer cart")) {
            assertRefused("GET / HTTP/1.1\nHost: catalog\n" + field + "\n\n");
        }
        assertRefused("GET / HTTP/1.1\nHost: cart\n\n");
        assertThat(app.asked()).isEmpty();
    }

    @Test
    void overHttp2TheSameIsRefused() throws Exception {
        start(DENIES_ADMIN);
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(context("shop"))
                .build()) {
            int asked = 0;
            for (String path : TO_ADMIN) {
                if (path.startsWith("/") && !path.contains("\\") && !path.contains("%u") && !path.startsWith("//")) {
                    URI uri = URI.create(
                            "https://localhost:" + catalog.inboundPort().orElseThrow() + path);
                    HttpResponse<String> answer =
                            client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
                    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                    assertThat(answer.statusCode()).as(path).isEqualTo(403);
                    asked++;
                }
            }
            assertThat(asked).isGreaterThan(60);
        }
        assertThat(app.asked()).isEmpty();
    }

    private void start(String authorization) throws IOException {
        app = mesh.closing(TestApp.saying(200, "fine"));
        catalog = mesh.start(
                SidecarSpec.of("catalog", "v1", "catalog-1", app.port(), mesh.authority.issue("catalog", "catalog-1")));
        mesh.policy(PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n"
                + "authorization: { " + authorization + " }"));
    }

    /** What is no request at all gets 400 from the reader, before any rule is asked. */
    private void assertRefused(String request) throws Exception {
        RawHttp.Answer answer = ask(request);
        assertThat(answer.status()).as(request).isIn(400, 403);
        assertThat(answer.cause()).as(request).isEqualTo(answer.status() == 403 ? "access-denied" : "bad-request");
    }

    private RawHttp.Answer ask(String request) throws Exception {
        SSLSocket socket = (SSLSocket) context("shop")
                .getSocketFactory()
                .createSocket(
                        InetAddress.getLoopbackAddress(), catalog.inboundPort().orElseThrow());
        socket.setEnabledProtocols(new String[] {"TLSv1.3"});
        try (RawHttp http = new RawHttp(socket)) {
            return http.send(request).answer();
        }
    }

    private SSLContext context(String service) throws Exception {
        ServiceIdentity callee = mesh.authority.issue("catalog", "catalog-1");
        return new MeshTls(mesh.authority.issue(service, service + "-9"), InstantSource.system())
                .clientContext(callee.id());
    }
}
