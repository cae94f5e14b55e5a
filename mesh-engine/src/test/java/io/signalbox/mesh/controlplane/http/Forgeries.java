package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.controlplane.TestMesh;
import io.signalbox.mesh.tls.Csr;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Requests that must have no effect: what is forged, the request line without its version, the body, and the header
 * fields. {@code PORT} stands for the server's port, {@code OWNER}, {@code READ} and so on for secrets.
 */
final class Forgeries {

    static final String PUT = "PUT /api/v1/policies/catalog";
    static final String TOKENS = "POST /api/v1/tokens";
    static final String REGISTER = "POST /api/v1/services/register";
    static final String DRAIN = "POST /api/v1/services/catalog/instances/catalog-1/drain";
    static final String POLICY = TestMesh.CANARY;
    static final String TOKEN = "{\"scope\":\"admin\",\"lifetime\":\"1h\"}";
    static final String INSTANCE = "{\"service_name\":\"payment\",\"host\":\"evil.example\",\"port\":1}";
    static final String YAML = "Content-Type: application/yaml";
    static final String JSON = "Content-Type: application/json";
    static final String HOST = "Host: 127.0.0.1:PORT";
    static final String OWNER = "Authorization: Bearer OWNER";

    private Forgeries() {}

    static Stream<Arguments> all() {
        return Stream.of(hosts(), pages(), methods(), contents(), tokens(), scopes(), paths(), framing())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> hosts() {
        return Stream.concat(
                Stream.of(
                                "evil.example",
                                "evil.example:PORT",
                                "127.0.0.1:1",
                                "127.0.0.1",
                                "127.0.0.1.evil.example:PORT",
                                "localhost.:PORT",
                                "localhost.evil.example:PORT",
                                "a@127.0.0.1:PORT",
                                "0x7f.1:PORT",
                                "2130706433:PORT",
                                "0.0.0.0:PORT",
                                "[::ffff:127.0.0.1]:PORT",
                                "127.0.0.1:PORT, evil.example")
                        .map(host -> row("host " + host, PUT, POLICY, "Host: " + host, OWNER, YAML)),
                Stream.of(
                        row("no host", PUT, POLICY, OWNER, YAML),
                        row("an empty host", PUT, POLICY, "Host:", OWNER, YAML),
                        row("two hosts", PUT, POLICY, HOST, "Host: evil.example", OWNER, YAML),
                        row("the same host twice", PUT, POLICY, HOST, HOST, OWNER, YAML),
                        row(
                                "another authority in the target",
                                "PUT http://evil.example/api/v1/policies/catalog",
                                POLICY,
                                HOST,
                                OWNER,
                                YAML)));
    }

    private static Stream<Arguments> pages() {
        return Stream.of(
                        "Origin: http://evil.example",
                        "Origin: null",
                        "Origin: https://127.0.0.1:PORT",
                        "Origin: http://127.0.0.1:1",
                        "Origin: http://127.0.0.1:PORT.evil.example",
                        "Origin: http://127.0.0.1:PORT\r\nOrigin: http://evil.example",
                        "Origin: file://",
                        "Origin:",
                        "Sec-Fetch-Site: cross-site",
                        "Sec-Fetch-Site: same-site",
                        "Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site",
                        "Sec-Fetch-Site: none, cross-site")
                .map(header -> row(header.replace("\r\n", " + "), PUT, POLICY, HOST, OWNER, YAML, header));
    }

    private static Stream<Arguments> methods() {
        return Stream.of(
                row("GET with a body", "GET /api/v1/services/register", INSTANCE, HOST, OWNER, JSON),
                row("lower case", "put /api/v1/policies/catalog", POLICY, HOST, OWNER, YAML),
                row("PATCH", "PATCH /api/v1/policies/catalog", POLICY, HOST, OWNER, YAML),
                row("POST where PUT is", "POST /api/v1/policies/catalog", POLICY, HOST, OWNER, YAML),
                row("TRACE", "TRACE /api/v1/policies/catalog", "", HOST, OWNER),
                row("CONNECT", "CONNECT 127.0.0.1:PORT", "", HOST, OWNER),
                row(
                        "a preflight",
                        "OPTIONS /api/v1/policies/catalog",
                        "",
                        HOST,
                        "Origin: http://evil.example",
                        "Access-Control-Request-Method: PUT"),
                row("HEAD where POST is", "HEAD /api/v1/tokens/x", "", HOST, OWNER),
                row(
                        "another method by a header",
                        "GET /api/v1/services/catalog/heartbeat",
                        "",
                        HOST,
                        OWNER,
                        "X-HTTP-Method-Override: POST"),
                row("another method by a parameter", "GET /api/v1/tokens/late?_method=DELETE", "", HOST, OWNER));
    }

    private static Stream<Arguments> contents() {
        return Stream.of(
                        "Content-Type: text/plain",
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Type: multipart/form-data; boundary=x",
                        "Content-Type: text/plain; application/json",
                        "Content-Type: application/jsonp",
                        "Content-Type:",
                        "X-Content-Type: application/json")
                .map(header -> row(header, REGISTER, INSTANCE, HOST, OWNER, header));
    }

    private static Stream<Arguments> tokens() {
        return Stream.of(
                        "X-Nothing: 1",
                        "Authorization:",
                        "Authorization: Bearer",
                        "Authorization: Bearer wrong",
                        "Authorization: Bearer ALMOST",
                        "Authorization: Bearer OWNERx",
                        "Authorization: Basic OWNER",
                        "Authorization: OWNER",
                        "Authorization: Bearer OWNER\r\nAuthorization: Bearer wrong",
                        "Authorization: Bearer EXPIRED",
                        "Authorization: Bearer REVOKED",
                        "Authorization: Bearer ONCE",
                        "Cookie: token=OWNER",
                        "X-Forwarded-Authorization: Bearer OWNER",
                        "X-Forwarded-For: 127.0.0.1")
                .map(header -> row(header.replace("\r\n", " + "), PUT, POLICY, HOST, YAML, header));
    }

    private static Stream<Arguments> scopes() {
        String signing = Json.text(Map.of("csr", Csr.of("CN=payment").pem(), "service", "payment"));
        return Stream.of(
                row("a token in the query", PUT + "?access_token=OWNER", POLICY, HOST, YAML),
                row("read puts a policy", PUT, POLICY, HOST, YAML, "Authorization: Bearer READ"),
                row("read drains", DRAIN, "", HOST, "Authorization: Bearer READ"),
                row("read makes a token", TOKENS, TOKEN, HOST, JSON, "Authorization: Bearer READ"),
                row("operate makes a token", TOKENS, TOKEN, HOST, JSON, "Authorization: Bearer OPERATE"),
                row("operate ends a token", "DELETE /api/v1/tokens/late", "", HOST, "Authorization: Bearer OPERATE"),
                row("operate registers", REGISTER, INSTANCE, HOST, JSON, "Authorization: Bearer OPERATE"),
                row(
                        "operate gets a certificate",
                        "POST /api/v1/identities/sign",
                        signing,
                        HOST,
                        JSON,
                        "Authorization: Bearer OPERATE"),
                row("a sidecar puts a policy", PUT, POLICY, HOST, YAML, "Authorization: Bearer SIDECAR"),
                row("a sidecar drains", DRAIN, "", HOST, "Authorization: Bearer SIDECAR"),
                row("a sidecar makes a token", TOKENS, TOKEN, HOST, JSON, "Authorization: Bearer SIDECAR"),
                row("a sidecar registers another", REGISTER, INSTANCE, HOST, JSON, "Authorization: Bearer SIDECAR"),
                row(
                        "a sidecar takes another out",
                        "DELETE /api/v1/services/reviews",
                        "",
                        HOST,
                        "Authorization: Bearer SIDECAR"),
                row(
                        "a sidecar gets another's certificate",
                        "POST /api/v1/identities/sign",
                        signing,
                        HOST,
                        JSON,
                        "Authorization: Bearer SIDECAR"),
                row(
                        "a one-time token gets another's certificate",
                        "POST /api/v1/identities/sign",
                        signing,
                        HOST,
                        JSON,
                        "Authorization: Bearer ONCE"));
    }

    private static Stream<Arguments> paths() {
        Stream<Arguments> asReader = Stream.of(
                        "/api/v1/policies/..%2ftokens",
                        "/api/v1/policies/%2e%2e/tokens",
                        "/api/v1/policies/../tokens",
                        "/api/v1/./tokens",
                        "//api/v1/tokens",
                        "/api/v1//tokens",
                        "/api/v1/tokens/",
                        "/api/v1/tokens;a=b",
                        "/api;x/v1/tokens",
                        "/API/v1/tokens",
                        "/api/v1/%74okens",
                        "/api/v1/tokens%00",
                        "/api/v1/tokens%2f",
                        "/api/v1/tokens%c0%af",
                        "/api\\v1\\tokens",
                        "/api/v1/tokens?x=/health",
                        "/api/v1/tokens#/health",
                        "/health/../api/v1/tokens",
                        "/health/..;/api/v1/tokens",
                        "/health;/api/v1/tokens")
                .map(path -> row(path, "POST " + path, TOKEN, HOST, JSON, "Authorization: Bearer READ"));
        Stream<Arguments> asOwner = Stream.of(
                row("policy of ..", "PUT /api/v1/policies/..%2fcatalog", POLICY, HOST, OWNER, YAML),
                row("policy of another", "PUT /api/v1/policies/reviews", POLICY, HOST, OWNER, YAML),
                row("drain of ..", DRAIN.replace("catalog-1", "..%2fcatalog-1"), "", HOST, OWNER),
                row("an empty name", "DELETE /api/v1/services/", "", HOST, OWNER));
        return Stream.concat(asReader, asOwner);
    }

    private static Stream<Arguments> framing() {
        String large = "{\"service_name\":\"" + "x".repeat(Call.MAX_BODY) + "\",\"host\":\"h\",\"port\":1}";
        return Stream.of(
                row("a body above the limit", REGISTER, large, HOST, OWNER, JSON),
                row("a huge header", PUT, POLICY, HOST, OWNER, YAML, "X-Large: " + "x".repeat(70_000)),
                row("a huge target", "PUT /api/v1/policies/" + "x".repeat(70_000), POLICY, HOST, OWNER, YAML),
                row("a nest of 10,000", REGISTER, "[".repeat(10_000), HOST, OWNER, JSON),
                row("a field twice", REGISTER, INSTANCE.replace("{", "{\"port\":2,"), HOST, OWNER, JSON),
                row("two lengths", REGISTER, INSTANCE, HOST, OWNER, JSON, "Content-Length: 5"),
                row("a length and chunks", REGISTER, INSTANCE, HOST, OWNER, JSON, "Transfer-Encoding: chunked"),
                row("a folded header", REGISTER, INSTANCE, HOST, "Authorization: Bearer\r\n OWNER", JSON),
                row("a blank before the colon", REGISTER, INSTANCE, HOST, "Authorization : Bearer OWNER", JSON),
                row("a bare newline in a header", REGISTER, INSTANCE, HOST, JSON, "X: 1\nAuthorization2: Bearer OWNER"),
                row("another length that is none", REGISTER, INSTANCE, HOST, OWNER, JSON, "Content-Length: -1"));
    }

    static Arguments row(String what, String start, String body, String... headers) {
        return Arguments.of(what, start, body, Arrays.asList(headers));
    }
}
