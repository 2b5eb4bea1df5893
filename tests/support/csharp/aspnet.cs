// What the C# receiver uses of a .NET newer than Mono's, and of ASP.NET: just enough of it to be compiled and asked
// over HTTP. The verification itself (HMAC, comparing in constant time) is Mono's own.
//
// A type of the global namespace wins over one that a `using` brings in: so `Convert` and `HMACSHA256` get the one
// static method each that Mono lacks.
using System;
using System.Collections.Specialized;
using System.IO;
using System.Net;
using System.Text;
using System.Threading.Tasks;

static class Convert
{
    public static string ToHexString(byte[] bytes) => BitConverter.ToString(bytes).Replace("-", "");
}

static class HMACSHA256
{
    public static byte[] HashData(byte[] key, byte[] source)
    {
        using (var hmac = new System.Security.Cryptography.HMACSHA256(key))
            return hmac.ComputeHash(source);
    }
}

namespace System.Text.Json
{
    public class JsonDocument
    {
        public JsonElement RootElement;
        public static JsonDocument Parse(byte[] utf8) =>
            new JsonDocument { RootElement = new JsonElement { Text = Encoding.UTF8.GetString(utf8) } };
    }

    public struct JsonElement
    {
        public string Text;

        // Enough for a text that is a member of the outermost object.
        public JsonElement GetProperty(string name)
        {
            var found = RegularExpressions.Regex.Match(Text, "\"" + name + "\"\\s*:\\s*\"([^\"]*)\"");
            if (!found.Success) throw new Collections.Generic.KeyNotFoundException(name);
            return new JsonElement { Text = found.Groups[1].Value };
        }

        public override string ToString() => Text;
    }
}

namespace Microsoft.AspNetCore.Http
{
    public class HttpRequest
    {
        public Stream Body;
        public Headers Headers;
    }

    public class Headers
    {
        public NameValueCollection Values;
        public StringValues this[string name] => new StringValues { Value = Values[name] };
    }

    public struct StringValues
    {
        public string Value;
        public override string ToString() => Value ?? "";
    }

    public interface IResult
    {
        void WriteTo(HttpListenerResponse response);
    }

    public static class Results
    {
        public static IResult Text(string content, int statusCode) => new Answer { Content = content, Status = statusCode };
        public static IResult NoContent() => new Answer { Content = "", Status = 204 };

        class Answer : IResult
        {
            public string Content;
            public int Status;

            public void WriteTo(HttpListenerResponse response)
            {
                response.StatusCode = Status;
                response.Close(Encoding.UTF8.GetBytes(Content), true);
            }
        }
    }
}

namespace Microsoft.AspNetCore.Builder
{
    using Microsoft.AspNetCore.Http;

    public class WebApplication
    {
        Func<HttpRequest, Task<IResult>> handler;

        public static WebApplication CreateBuilder(string[] args) => new WebApplication();
        public WebApplication Build() => this;
        public void MapPost(string path, Func<HttpRequest, Task<IResult>> handle) => handler = handle;

        public void Run(string address)
        {
            var listener = new HttpListener();
            // Mono's listener looks at the name that it is asked by; Kestrel's takes both.
            listener.Prefixes.Add(address.Replace("localhost", "127.0.0.1") + "/");
            listener.Start();
            while (true)
            {
                var context = listener.GetContext();
                var headers = new Headers { Values = context.Request.Headers };
                var request = new HttpRequest { Body = context.Request.InputStream, Headers = headers };
                handler(request).Result.WriteTo(context.Response);
            }
        }
    }
}
