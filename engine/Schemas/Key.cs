namespace IotMqtt.Engine.Schemas;

/// <summary>A key that a mapping may have. Readers check against it, schemas are generated from it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">What it takes, as JSON Schema: see <see cref="Schemas.Shape"/>.</param>
/// <param name="About">What it is for, one sentence: editors show it.</param>
/// <param name="Required">Whether it must be there.</param>
internal sealed record Key(string Name, string Shape, string About, bool Required = false);
