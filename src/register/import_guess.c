/* import_guess.c: which column is which member; see import.h. */
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "base/text.h"
#include "register/import.h"

/*
 * What other programs (Snipe-IT, Atlas, InvenTree, MaintainX, Fiix, Excel sheets) call it, in small
 * letters without signs or accents; | between.  kind NULL: in every register.
 */
static const struct {
	const char *kind;
	const char *member;
	const char *words;
} synonyms[] = {
	{ "machine", "number",
	    "assettag|tag|assetnumber|assetno|assetid|equipmentnumber|equipmentno|equipmentid|"
	    "machinenumber|machineno|machineid|inventorynumber|barcode|code|number|no|id|"
	    "numero|numeroequipement|numeromachine|repere|codebarres|matricule|codeequipement" },
	{ "machine", "name",
	    "itemname|assetname|machinename|equipmentname|equipment|asset|machine|name|"
	    "designation|nom|libelle|equipement|description" },
	{ "machine", "department_id",
	    "department|company|businessunit|costcenter|costcentre|team|area|service|atelier|"
	    "departement|section|secteur" },
	{ "machine", "location_id",
	    "locationname|location|site|place|emplacement|nomdelemplacement|lieu|localisation" },
	{ "machine", "location",
	    "locationname|location|place|position|area|zone|emplacement|nomdelemplacement|lieu" },
	{ "machine", "parent_number",
	    "parentasset|parent|parentmachine|parentequipment|assemblyof|partof|"
	    "equipementparent|machinemere" },
	{ "machine", "manufacturer",
	    "manufacturer|maker|make|brand|oem|fabricant|marque|constructeur" },
	{ "machine", "model", "modelname|model|modelnumber|modelno|type|modele|typemodele" },
	{ "machine", "machine_model_id", "modelname|model|modele" },
	{ "machine", "serial_number",
	    "serial|serialnumber|serialno|sn|numerodeserie|noserie|nserie|ndeserie|noserie" },
	{ "machine", "installed_on",
	    "installed|installdate|installationdate|inservice|inservicesince|commissioned|"
	    "purchasedate|dateachat|datedachat|misenservice|datedemiseenservice" },
	{ "machine", "criticality", "criticality|priority|importance|criticite|rank" },
	{ "machine", "status", "status|state|statut|etat" },
	{ "machine", "vendor_id", "vendor|vendors|supplier|fournisseur|fournisseurs" },
	{ "machine", "replacement_value",
	    "purchasecost|acquisitioncost|cost|price|value|replacementvalue|coutdacquisition|"
	    "prixdachat|valeur" },
	{ "machine", "warranty_until",
	    "warrantyexpirydate|warrantyexpirationdate|warrantyend|warrantyuntil|"
	    "datedexpirationdelagarantie|findegarantie" },
	{ "part", "number",
	    "partnumber|partno|itemnumber|itemno|ipn|sku|stocknumber|articlenumber|article|"
	    "materialnumber|material|barcode|id|pk|modelnumber|reference|ref|numerodepiece|"
	    "numeroarticle|codearticle|codebarres" },
	{ "part", "name", "partname|itemname|name|item|designation|nom|libelle|title" },
	{ "part", "description",
	    "description|notes|note|details|additionalinformation|informationssupplementaires" },
	{ "part", "group_name",
	    "category|group|categoryname|partcategory|family|type|categorie|groupe|famille" },
	{ "part", "unit", "unit|units|uom|unitofmeasure|unite" },
	{ "part", "place",
	    "area|bin|shelf|location|locationname|defaultlocation|storage|store|place|zone|"
	    "emplacement|nomdelemplacement|magasin|casier" },
	{ "part", "minimum",
	    "minimum|minimumquantity|minqty|minquantity|minamount|minimumstock|minstock|"
	    "reorderpoint|safetystock|quantiteminimale|stockminimum|seuil" },
	{ "vendor", "name",
	    "vendor|vendorname|supplier|suppliername|company|companyname|name|fournisseur|"
	    "societe|nom|raisonsociale" },
	{ "vendor", "customer_number",
	    "customernumber|customerno|account|accountnumber|numeroclient" },
	{ "vendor", "contact_name", "contact|contactname|contactperson|interlocuteur" },
	{ "vendor", "email", "email|mail|contactemail|courriel" },
	{ "vendor", "phone", "phone|telephone|tel|phonenumber|contactphone" },
	{ "vendor", "website", "website|url|web|site|siteweb" },
	{ "vendor", "address", "address|street|adresse" },
	{ "vendor", "note", "description|notes|comment|remarque" },
	{ "location", "number", "number|code|locationcode|locationnumber|no|id|numero" },
	{ "location", "name", "locationname|name|location|nom|emplacement" },
	{ "location", "parent_id",
	    "parentlocation|parent|partof|within|emplacementparent|lieuparent" },
	{ "location", "note", "address|description|notes|adresse" },
	{ "machine_model", "name", "modelname|model|name|modelnumber|modele|nom" },
	{ "machine_model", "manufacturer", "manufacturer|maker|make|brand|fabricant|marque" },
	{ "machine_model", "machine_class_id", "category|class|categorie|classe" },
	{ "machine_model", "note", "modelnotes|notes|description" },
	{ "failure_code", "code", "failurecode|failuremodecode|code|fmcode" },
	{ "failure_code", "name", "failuremode|name|label|libelle|designation|description" },
	{ "machine_class", "code", "code|classcode|equipmentclasscode" },
	{ "machine_class", "name", "class|equipmentclass|name|category|classe|categorie" },
	{ "department", "name", "department|departmentname|name|company|service|departement|nom" },
	{ "work_order", "key",
	    "id|number|workordernumber|workorder|wo|wonumber|ordernumber|numero|bt" },
	{ "work_order", "machine_number",
	    "assetname|asset|assettag|machine|machinenumber|equipment|equipmentnumber|"
	    "nomdelequipement|equipement" },
	{ "work_order", "kind", "kind|type|workordertype|ordertype|pmtype|genre" },
	{ "work_order", "priority", "priority|priorite" },
	{ "work_order", "description",
	    "description|title|shorttext|originalshorttext|problem|titre|summary|subject" },
	{ "work_order", "resolution",
	    "feedback|resolution|workdone|closingnotes|comments|compterendu|travauxeffectues" },
	{ "work_order", "reported_at",
	    "datecreated|created|createdat|reported|reportedat|requested|bscstartdate|startdate|"
	    "opened|datedecreation|signale" },
	{ "work_order", "completed_at",
	    "completedon|completed|completedat|closed|closedon|closedat|enddate|finished|"
	    "termine|terminele|datedefin" },
	{ "work_order", "stop_hours", "downtime|downtimehours|hoursdown|arret" },
	{ "work_order", "state", "status|state|etat|statut" },
	{ "work_order", "reporter",
	    "requestedby|requester|reportedby|createdby|demandeur|signalepar" },
	{ "work_order", "assignee",
	    "assignedto|assignee|technician|completedby|primaryuser|technicien|assignea" },
	{ "work_order", "due_on", "due|duedate|dueon|echeance" },
	{ "work_order", "labour_hours", "labourhours|laborhours|hours|timespent|heures" },
	{ "work_order", "labour_cost", "labourcost|laborcost|laborcosts|coutmaindoeuvre" },
	{ "work_order", "parts_cost", "partscost|partcost|partcosts|materialcost|coutpieces" },
	{ "work_order", "other_cost", "cost|totalcost|totalcosts|cout|couttotal" },
	{ "movement", "part_number",
	    "partnumber|partno|part|itemnumber|itemno|item|sku|ipn|article|numerodepiece|piece" },
	{ "movement", "at", "date|when|time|movedat|transactiondate|quand" },
	{ "movement", "kind", "type|transactiontype|movementtype|mouvement|genre" },
	{ "movement", "quantity", "qty|amount|quantite" },
	{ "movement", "unit_cost", "cost|price|unitprice|cout|prix" },
	{ "movement", "work_order_number", "wo|workorder|ordernumber|ordredetravail|bt" },
	{ "stop", "machine_number",
	    "asset|assetname|machine|machinenumber|equipment|equipmentnumber|equipement" },
	{ "stop", "started_at", "start|started|from|stopped|begin|debut|arret" },
	{ "stop", "ended_at", "end|ended|to|until|restarted|fin|reprise" },
	{ "stop", "work_order_number", "wo|workorder|ordernumber|ordredetravail|bt" },
	{ "stop", "correction", "note|notes|comment|reason|cause|remarque" },
	{ "meter_reading", "machine_number",
	    "asset|assetname|machine|machinenumber|equipment|equipmentnumber|equipement" },
	{ "meter_reading", "meter", "metername|metertype|counter|compteur" },
	{ "meter_reading", "at", "date|time|readat|readingdate|quand" },
	{ "meter_reading", "value", "reading|metervalue|releve|valeur" },
	{ "stock", "part_number",
	    "partnumber|partno|part|itemnumber|itemno|item|sku|ipn|article|barcode|"
	    "numerodepiece|reference|name|nom" },
	{ "stock", "quantity", "quantity|qty|onhand|stock|instock|amount|quantite|stockactuel" },
	{ "stock", "unit_cost", "unitcost|cost|price|unitprice|lastprice|purchaseprice|cout|prix" },
	{ "stock", "note", "note|notes|comment|reason|remarque" },
	{ NULL, "note", "notes|comment|comments|remark|remarks|remarques|commentaire" },
	{ NULL, "name", "title|description|nom|designation|libelle" },
	{ NULL, "name_fr", "namefr|nomfrancais|french" },
};

/* Words of other programs for words of ours. */
static const struct {
	const char *member, *code, *words;
} word_synonyms[] = {
	{ "status", "OPERATIONAL",
	    "running|inservice|deployed|deployable|readytodeploy|active|ok|up|enservice|"
	    "operationnel|actif" },
	{ "status", "MAINTENANCE", "undermaintenance|inmaintenance|inspection|enmaintenance" },
	{ "status", "DECOMMISSIONED",
	    "outofservice|undeployable|archived|retired|scrapped|inactive|horsservice|"
	    "reforme|lostorstolen|lost|stolen" },
	{ "priority", "LOW", "none|basse|faible|aucune|4|5" },
	{ "priority", "MEDIUM", "normal|moyenne|moyen|3" },
	{ "priority", "HIGH", "haute|elevee|eleve|2" },
	{ "priority", "CRITICAL", "urgent|emergency|critique|urgente|1" },
	{ "state", "PENDING", "open|new|requested|ouvert|nouveau" },
	{ "state", "IN_PROGRESS", "started|active|encours" },
	{ "state", "WAITING_PARTS", "onhold|waiting|enattente" },
	{ "state", "COMPLETED", "complete|closed|done|finished|termine|clos|cloture|fait" },
	{ "state", "CANCELLED", "canceled|rejected|annule|rejete" },
	{ "kind", "IN", "receipt|receive|purchase|entree|reception" },
	{ "kind", "OUT", "issue|consumption|usage|used|sortie" },
	{ "kind", "ADJUSTMENT", "adjust|correction|stocktake|inventaire|ajustement" },
	{ "criticality", "LOW", "c|basse|faible" },
	{ "criticality", "MEDIUM", "b|normal|moyenne" },
	{ "criticality", "HIGH", "haute|elevee" },
	{ "criticality", "CRITICAL", "a|critique" },
	{ "kind", "CORRECTIVE", "repair|breakdown|reactive|emergency|pm01|correctif|urgence" },
	{ "kind", "PREVENTIVE", "pm|preventivemaintenance|planned|pm02|preventif" },
};

/* Is it one of "a|b|c"? */
static bool
is_among(const char *list, const char *word)
{
	const size_t len = strlen(word);

	for (const char *at = list; len > 0 && *at != '\0'; at += strcspn(at, "|")) {
		at += *at == '|';
		if (strncmp(at, word, len) == 0 && (at[len] == '|' || at[len] == '\0'))
			return true;
	}
	return false;
}

static bool
is_label(struct arena *a, const struct import_labels *l, const char *msgid, const char *word)
{
	const char *text;

	if (strcmp(text_fold_word(a, msgid), word) == 0)
		return true;
	for (size_t i = 0; l != NULL && (text = l->text(l->with, i, msgid)) != NULL; i++)
		if (strcmp(text_fold_word(a, text), word) == 0)
			return true;
	return false;
}

/* 0: no; the higher the surer. */
static int
likeness(struct arena *a, const struct import_target *t, const struct rule *r,
    const struct import_labels *l, const char *word)
{
	if (strcmp(text_fold_word(a, r->field.name), word) == 0)
		return 4;
	if (is_label(a, l, r->label, word))
		return 3;
	if (text_starts(r->field.name, "custom_") && r->hint != NULL &&
	    strcmp(text_fold_word(a, r->hint), word) == 0)
		return 3;
	for (size_t i = 0; i < COUNT(synonyms); i++)
		if (strcmp(synonyms[i].member, r->field.name) == 0 &&
		    (synonyms[i].kind == NULL || strcmp(synonyms[i].kind, t->kind) == 0) &&
		    is_among(synonyms[i].words, word))
			return synonyms[i].kind != NULL ? 2 : 1;
	return 0;
}

/* Of two columns that could be a member: the surer one; of two as sure, the one named first in the
 * list of words, then the first column. */
static size_t
place_in_words(const struct import_target *t, const struct rule *r, const char *word)
{
	for (size_t i = 0; i < COUNT(synonyms); i++) {
		const char *at;

		if (strcmp(synonyms[i].member, r->field.name) != 0 || synonyms[i].kind == NULL ||
		    strcmp(synonyms[i].kind, t->kind) != 0)
			continue;
		for (at = synonyms[i].words; *at != '\0'; at += strcspn(at, "|")) {
			at += *at == '|';
			if (strncmp(at, word, strlen(word)) == 0 &&
			    strchr("|", at[strlen(word)]) != NULL)
				return (size_t)(at - synonyms[i].words);
		}
	}
	return SIZE_MAX;
}

static int
best_column(struct arena *a, const struct import_target *t, const struct rule *r,
    const struct import_labels *l, const char *const *words, size_t count, const int *member,
    int least)
{
	size_t first = SIZE_MAX;
	int best = -1;

	for (size_t c = 0; c < count; c++) {
		size_t place;

		if (member[c] >= 0 || *words[c] == '\0' || likeness(a, t, r, l, words[c]) < least)
			continue;
		place = least == 2 ? place_in_words(t, r, words[c]) : 0;
		if (best >= 0 && place >= first)
			continue;
		best = (int)c;
		first = place;
	}
	return best;
}

/* "ISO14224_Class,ISO14224_Code": what all of several begin with, up to a sign, says nothing. */
static size_t
common_beginning(const char *const *headers, size_t count)
{
	size_t len = count > 1 ? strlen(headers[0]) : 0;

	for (size_t c = 1; c < count; c++) {
		size_t same = 0;

		while (same < len && headers[c][same] == headers[0][same])
			same++;
		len = same;
	}
	while (len > 0 && strchr("_-./: ", headers[0][len - 1]) == NULL)
		len--;
	return len;
}

void
import_guess(struct arena *a, const struct import_target *t, const struct import_labels *l,
    const char *const *headers, size_t count, int *member)
{
	const char **words = NEW_ARRAY(a, const char *, count);
	bool *found = NEW_ARRAY(a, bool, t->form->count);
	const size_t skip = common_beginning(headers, count);

	for (size_t c = 0; c < count; c++) {
		words[c] = text_fold_word(a, headers[c] + skip);
		member[c] = -1;
	}
	/* The surest first, so that a weaker word does not take a member's column away. */
	for (int least = 4; least > 0; least--)
		for (size_t m = 0; m < t->form->count; m++) {
			int c;

			if (found[m])
				continue;
			c = best_column(a, t, &t->form->rules[m], l, words, count, member, least);
			if (c < 0)
				continue;
			found[m] = true;
			member[c] = (int)m;
		}
}

const char *
import_word(struct arena *a, const struct words *words, const struct import_labels *l,
    const char *member, const char *typed)
{
	const char *word = text_fold_word(a, typed);

	for (size_t i = 0; i < words->count; i++)
		if (strcmp(text_fold_word(a, words->list[i].code), word) == 0 ||
		    is_label(a, l, words->list[i].text, word))
			return words->list[i].code;
	for (size_t i = 0; i < COUNT(word_synonyms); i++)
		if (strcmp(word_synonyms[i].member, member) == 0 &&
		    is_among(word_synonyms[i].words, word) &&
		    word_index(words, word_synonyms[i].code) >= 0)
			return word_synonyms[i].code;
	return NULL;
}
