namespace Handoff.Actors.Tests.Tls;

// A first message of a client by hand (RFC 5246 section 7.4.1.2), of a version that .NET does not speak any more.
internal static class ClientHello
{
    public static byte[] OfTls10()
    {
        byte[] body =
        [
            3, 1, // TLS 1.0
            .. new byte[32], // random
            0, // session
            0, 4, 0xc0, 0x14, 0x00, 0x2f, // ECDHE-RSA-AES256-CBC-SHA, RSA-AES128-CBC-SHA
            1, 0, // no compression
        ];
        byte[] message = [1, 0, 0, (byte)body.Length, .. body];
        return [22, 3, 1, 0, (byte)message.Length, .. message];
    }
}
